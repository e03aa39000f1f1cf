import { CfnOutput } from 'aws-cdk-lib';
import { CfnApp, CfnBranch } from 'aws-cdk-lib/aws-amplify';
import type { Construct } from 'constructs';
import { FILE_TYPES } from '@hems/shared/client/file-types';
import { customHeaders } from '../constructs/web-headers.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { House } from '../constructs/house.ts';

const BRANCH = 'main';
/** a path without a file's ending is a screen of the app */
const SCREENS = String.raw`</^[^.]+$|\.(?!(${[...FILE_TYPES.keys()].join('|')})$)([^.]+$)/>`;

export type WebProps = {
  readonly house: House;
  /** where the app sends history files to */
  readonly objectsHost: string;
};

/** The residents' app on Amplify Hosting; its files arrive by `npm run deploy`, not from a repository. */
export class WebStack extends HemsStack {
  readonly url: string;

  constructor(scope: Construct, { house, objectsHost }: WebProps) {
    super(scope, 'web', { choice: house, holds: 'residents’ app' });
    const headers = customHeaders(this, objectsHost);
    const app = new CfnApp(this, 'App', {
      name: this.stackName,
      platform: 'WEB',
      customRules: [{ source: SCREENS, target: '/index.html', status: '200' }],
      customHeaders: headers,
    });
    new CfnBranch(this, 'Branch', {
      appId: app.attrAppId,
      branchName: BRANCH,
      enableAutoBuild: false,
      stage: 'PRODUCTION',
    });
    this.url = `https://${BRANCH}.${app.attrDefaultDomain}`;

    new CfnOutput(this, 'AppId', { value: app.attrAppId });
    new CfnOutput(this, 'BranchName', { value: BRANCH });
    new CfnOutput(this, 'Url', { value: this.url });
    new CfnOutput(this, 'Headers', { value: headers });
  }
}
