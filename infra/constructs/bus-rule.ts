import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnRule, type CfnEventBus } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { BusEventType } from '@hems/shared/events/bus';
import { Construct } from 'constructs';
import type { DeadLetters } from './dead-letters.ts';

export type BusRuleProps = {
  readonly bus: CfnEventBus;
  readonly does: string;
  readonly types: readonly BusEventType[];
  readonly calls: IFunction;
  /** what could not be handed to the function for a day goes there */
  readonly deadLetters: DeadLetters;
};

/** Hands every event of the types to a function. */
export class BusRule extends Construct {
  constructor(scope: Construct, id: string, { bus, does, types, calls, deadLetters }: BusRuleProps) {
    super(scope, id);
    const rule = new CfnRule(this, 'Rule', {
      eventBusName: bus.name,
      description: does,
      eventPattern: { source: ['hems'], 'detail-type': [...types] },
      targets: [
        {
          id: 'function',
          arn: calls.functionArn,
          retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
          deadLetterConfig: { arn: deadLetters.queueArn },
        },
      ],
    });
    const events = new ServicePrincipal('events.amazonaws.com');
    calls.addPermission(`${id}Invokes`, { principal: events, sourceArn: rule.attrArn });
    deadLetters.addToResourcePolicy(
      new PolicyStatement({
        principals: [events],
        actions: ['sqs:SendMessage'],
        resources: [deadLetters.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
      }),
    );
  }
}
