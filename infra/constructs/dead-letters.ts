import { Duration, Validations } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { HemsAlarm } from './alarm.ts';
import { allow, mayUseKey } from './grants.ts';
import type { House } from './house.ts';

export type DeadLettersProps = { readonly house: House; readonly hurt: string };

/** The last stop of an asynchronous edge: what nothing else could take waits here 14 days for a person. */
export class DeadLetters extends Queue {
  readonly #house: House;

  constructor(scope: Construct, id: string, { house, hurt }: DeadLettersProps) {
    super(scope, id, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: house.dataKey,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.#house = house;
    Validations.of(this).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'It is itself the dead-letter queue.' });
    new HemsAlarm(this, 'NotEmpty', {
      house,
      hurt,
      chapter: 'dead-letters',
      metric: this.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: Duration.minutes(5) }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    });
  }

  /** Nothing but sending, action by action: the library's own grant uses `kms:GenerateDataKey*`. */
  mayReceiveFrom(sender: IGrantable): void {
    allow(sender, { actions: ['sqs:SendMessage'], on: [this.queueArn] });
    mayUseKey(sender, { key: this.#house.dataKey, through: 'sqs', access: 'write' });
  }
}
