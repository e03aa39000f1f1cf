import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpStage, LogGroupLogDestination, type HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { House } from './house.ts';

export type HttpStageProps = {
  readonly house: House;
  readonly api: HttpApi;
  /** requests a second over all callers */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /** fields of a line for each request */
  readonly accessLog: Readonly<Record<string, `$context.${string}`>>;
};

/** The one stage of an HTTP API: throttled, and with a line for each request in a log of its own. */
export const serveHttp = (scope: Construct, { house, api, throttle, accessLog }: HttpStageProps): void => {
  const logGroup = new LogGroup(scope, 'AccessLog', {
    encryptionKey: house.operationsKey,
    retention: house.config.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new HttpStage(scope, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: throttle.rate, burstLimit: throttle.burst },
    accessLogSettings: {
      destination: new LogGroupLogDestination(logGroup),
      format: AccessLogFormat.custom(JSON.stringify(accessLog)),
    },
  });
};
