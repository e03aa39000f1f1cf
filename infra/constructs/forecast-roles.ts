import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ForecastImage } from './forecast-image.ts';
import { forecastNames } from './forecasts.ts';
import { allow } from './grants.ts';
import type { House } from './house.ts';
import type { TrainingBucket } from './training-bucket.ts';

export type ForecastRolesProps = {
  readonly house: House;
  readonly image: ForecastImage;
  readonly bucket: TrainingBucket;
};

const TRAINING_METRICS = '/aws/sagemaker/TrainingJobs';
const WRITES_LOGS = ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];

/** What SageMaker is while it trains, and while it serves: the one sees what homes used, the other the models alone. */
export class ForecastRoles extends Construct {
  readonly training: Role;
  readonly serving: Role;

  constructor(scope: Construct, id: string, { house, image, bucket }: ForecastRolesProps) {
    super(scope, id);
    this.training = this.#role('Training');
    this.serving = this.#role('Serving');
    image.mayPull(this.training);
    image.mayPull(this.serving);
    bucket.open(this.training, { role: this.training, folder: 'training', access: 'read' });
    bucket.open(this.training, { role: this.training, folder: 'models', access: 'write' });
    bucket.open(this.serving, { role: this.serving, folder: 'models', access: 'read' });
    allow(this.training, {
      actions: ['cloudwatch:PutMetricData'],
      on: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': TRAINING_METRICS } },
    });
    allow(this.serving, {
      actions: ['cloudwatch:PutMetricData'],
      on: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': '/aws/sagemaker/Endpoints' } },
    });
    this.#log('TrainingLog', { house, name: TRAINING_METRICS, writer: this.training });
    for (const endpoint of forecastNames(house.stage).endpoints)
      this.#log(`${endpoint.endsWith('blue') ? 'Blue' : 'Green'}Log`, {
        house,
        name: `/aws/sagemaker/Endpoints/${endpoint}`,
        writer: this.serving,
      });
  }

  #role(id: string): Role {
    return new Role(this, id, {
      assumedBy: new ServicePrincipal('sagemaker.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
  }

  /** Under the name that SageMaker writes to, so that it is encrypted with our key, forgets in time, and nobody may make others. */
  #log(
    id: string,
    { house, name, writer }: { readonly house: House; readonly name: string; readonly writer: Role },
  ): void {
    const log = new LogGroup(this, id, {
      logGroupName: name,
      encryptionKey: house.operationsKey,
      retention: house.config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    allow(writer, { actions: WRITES_LOGS, on: [log.logGroupArn] });
  }
}
