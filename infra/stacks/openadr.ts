import { CfnOutput } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { HemsStack } from '../constructs/hems-stack.ts';
import { OpenadrApi, type OpenadrApiProps } from '../constructs/openadr-api.ts';

/** OpenADR 3 for aggregators, in a stack of its own: a stack holds 500 resources, and the partner stack has most of them. */
export class OpenadrStack extends HemsStack {
  readonly api: HttpApi;

  constructor(scope: Construct, props: OpenadrApiProps) {
    super(scope, 'openadr', { choice: props.house, holds: 'OpenADR 3 for aggregators' });
    this.api = new OpenadrApi(this, 'OpenAdr', props).api;
    new CfnOutput(this, 'Url', { value: this.api.apiEndpoint });
  }
}
