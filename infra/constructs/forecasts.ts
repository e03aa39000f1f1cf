import { Stack } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { StageName } from '../config.ts';
import type { MoreEnvironment } from './environment.ts';
import { allow } from './grants.ts';

/**
 * Names of what the weekly training makes and no template owns: two endpoints, of which a parameter says which is in force. Known by name alone,
 * so that whoever forecasts does not wait for the stack that trains, and a first deployment has neither.
 */
export const forecastNames = (stage: StageName) => {
  const prefix = `hems-${stage}-forecast`;
  return { prefix, parameter: `/hems/${stage}/forecast/endpoint`, endpoints: [`${prefix}-blue`, `${prefix}-green`] };
};

/** The one variant of an endpoint. */
export const VARIANT = 'model';

export const forecastEnvironment = (stage: StageName): MoreEnvironment => ({
  FORECAST_ENDPOINT_PARAMETER: forecastNames(stage).parameter,
});

export const parameterArn = (scope: IConstruct, stage: StageName): string =>
  Stack.of(scope).formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: forecastNames(stage).parameter.slice(1),
  });

export const endpointArns = (scope: IConstruct, stage: StageName): string[] =>
  forecastNames(stage).endpoints.map((resourceName) =>
    Stack.of(scope).formatArn({ service: 'sagemaker', resource: 'endpoint', resourceName }),
  );

/** May ask which endpoint is in force, and ask it; until there is one, the function forecasts by itself. */
export const mayForecast = (grantee: IGrantable & IConstruct, stage: StageName): void => {
  allow(grantee, { actions: ['ssm:GetParameter'], on: [parameterArn(grantee, stage)] });
  allow(grantee, { actions: ['sagemaker:InvokeEndpoint'], on: endpointArns(grantee, stage) });
};
