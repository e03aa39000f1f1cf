import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IngestMode, StageConfig, StageName, TelemetryStore } from '../config.ts';

/** What was chosen for this deployment. */
export type Choice = {
  readonly stage: StageName;
  readonly telemetryStore: TelemetryStore;
  readonly ingestMode: IngestMode;
  readonly config: StageConfig;
};

/** What every construct of the house rests on. */
export type House = Choice & {
  /** encrypts what households leave with us */
  readonly dataKey: IKey;
  /** encrypts logs and alarms */
  readonly operationsKey: IKey;
  /** where alarms go, at any hour */
  readonly operations: ITopic;
  /** where alarms go that nobody should get up for */
  readonly mornings: ITopic;
};
