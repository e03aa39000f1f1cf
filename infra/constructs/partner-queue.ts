import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters.ts';
import type { MoreEnvironment } from './environment.ts';
import type { House } from './house.ts';
import { WorkQueue } from './work-queue.ts';

/** Endpoints of partners that are to be looked at, because something is due to them. */
export class PartnerQueue extends Construct {
  readonly deadLetters: DeadLetters;
  readonly queue: WorkQueue;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    this.deadLetters = new DeadLetters(this, 'Untold', {
      house,
      hurt: 'Partners are not told of what waits here: a decision, a settlement file, an event. What is due stays written down.',
    });
    this.queue = new WorkQueue(this, 'Calls', { house, deadLetters: this.deadLetters });
  }

  get environment(): MoreEnvironment {
    return { WEBHOOK_QUEUE: this.queue.queueUrl };
  }

  mayTell(grantee: IGrantable): void {
    this.queue.maySend(grantee);
  }
}
