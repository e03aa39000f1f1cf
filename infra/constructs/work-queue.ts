import { Duration } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeadLetters } from './dead-letters.ts';
import type { HemsFunction } from './function.ts';
import { allow, mayUseKey } from './grants.ts';
import type { House } from './house.ts';

export type WorkQueueProps = { readonly house: House; readonly deadLetters: DeadLetters };

/** As the local host has it: a message that failed five times waits for a person. */
const ATTEMPTS = 5;
const VISIBILITY = Duration.minutes(3);

/** A queue whose messages a function takes; what failed comes back by itself. */
export class WorkQueue extends Queue {
  readonly #house: House;

  constructor(scope: Construct, id: string, { house, deadLetters }: WorkQueueProps) {
    super(scope, id, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: house.dataKey,
      enforceSSL: true,
      visibilityTimeout: VISIBILITY,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: ATTEMPTS },
    });
    this.#house = house;
  }

  maySend(sender: IGrantable): void {
    allow(sender, { actions: ['sqs:SendMessage'], on: [this.queueArn] });
    mayUseKey(sender, { key: this.#house.dataKey, through: 'sqs', access: 'write' });
  }

  /** `oneByOne`: a message is much work; so many of them are worked on at a time */
  feed(worker: HemsFunction, { oneByOne }: { readonly oneByOne?: number } = {}): void {
    const actions = [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:ChangeMessageVisibility',
      'sqs:GetQueueAttributes',
    ];
    allow(worker, { actions, on: [this.queueArn] });
    mayUseKey(worker, { key: this.#house.dataKey, through: 'sqs', access: 'read' });
    new EventSourceMapping(this, 'Feed', {
      target: worker,
      eventSourceArn: this.queueArn,
      batchSize: oneByOne === undefined ? 10 : 1,
      ...(oneByOne !== undefined && { maxConcurrency: oneByOne }),
      reportBatchItemFailures: true,
    });
  }
}
