import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeadLetters } from './dead-letters.ts';
import { allow } from './grants.ts';

export type HemsScheduleProps = {
  readonly does: string;
  /** wall clock in Korea */
  readonly expression: `cron(${string})` | `rate(${string})`;
  readonly calls: IFunction;
  /** a call that came to nothing for an hour goes there */
  readonly deadLetters: DeadLetters;
};

/** Calls a function by the clock of Korea, at least once, and tells it the time for which it calls. */
export class HemsSchedule extends Construct {
  constructor(scope: Construct, id: string, { does, expression, calls, deadLetters }: HemsScheduleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    allow(role, { actions: ['lambda:InvokeFunction'], on: [calls.functionArn] });
    deadLetters.mayReceiveFrom(role);
    const schedule = new CfnSchedule(this, 'Schedule', {
      description: does,
      scheduleExpression: expression,
      scheduleExpressionTimezone: 'Asia/Seoul',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: calls.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ scheduled: '<aws.scheduler.scheduled-time>' }),
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 },
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
    schedule.node.addDependency(role);
  }
}
