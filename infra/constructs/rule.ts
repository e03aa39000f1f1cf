import { Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnTopicRule } from 'aws-cdk-lib/aws-iot';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { HISTORY_DIMENSIONS, RULE_SQL_VERSION, type Rule } from '@hems/shared/events/rules';
import { COMMAND_CHANNEL, topicOf } from '@hems/shared/events/topics';
import { Construct } from 'constructs';
import type { DeadLetters } from './dead-letters.ts';
import { allow } from './grants.ts';
import type { ReadingStream } from './reading-stream.ts';

export type HemsRuleProps = {
  readonly rule: Rule;
  readonly does: string;
  readonly action: CfnTopicRule.ActionProperty;
  /** where the broker puts a message whose action failed */
  readonly failures: DeadLetters;
};

/** Role that the broker takes on for the rules of this stack. */
export const brokerRole = (scope: Construct, id: string): Role =>
  new Role(scope, id, {
    assumedBy: new ServicePrincipal('iot.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });

/** A rule of `@hems/shared/events/rules` in AWS IoT: one action, and a queue for what it could not do. */
export class HemsRule extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, { rule, does, action, failures }: HemsRuleProps) {
    super(scope, id);
    const role = brokerRole(this, 'FailureRole');
    failures.mayReceiveFrom(role);
    const topicRule = new CfnTopicRule(this, 'Rule', {
      ruleName: rule.name,
      topicRulePayload: {
        sql: rule.sql,
        awsIotSqlVersion: RULE_SQL_VERSION,
        description: does,
        ruleDisabled: false,
        actions: [action],
        errorAction: { sqs: { queueUrl: failures.queueUrl, roleArn: role.roleArn, useBase64: false } },
      },
    });
    topicRule.node.addDependency(role);
    this.arn = topicRule.attrArn;
    this.name = rule.name;
  }
}

export type LambdaRuleProps = Omit<HemsRuleProps, 'action'> & { readonly handler: IFunction };

/** A rule that hands each message to a function; nothing but this rule of this account may invoke it so. */
export const lambdaRule = (scope: Construct, id: string, { handler, ...props }: LambdaRuleProps): HemsRule => {
  const rule = new HemsRule(scope, id, { ...props, action: { lambda: { functionArn: handler.functionArn } } });
  handler.addPermission(`${id}Invokes`, {
    principal: new ServicePrincipal('iot.amazonaws.com'),
    sourceArn: rule.arn,
    sourceAccount: Stack.of(scope).account,
  });
  return rule;
};

export type StreamRuleProps = Omit<HemsRuleProps, 'action'> & { readonly stream: ReadingStream };

/** A rule that puts each message into a stream. The messages of a home keep their order: its telemetry id says where they go. */
export const streamRule = (scope: Construct, id: string, { stream, ...props }: StreamRuleProps): HemsRule => {
  const role = brokerRole(scope, `${id}StreamRole`);
  stream.mayReceiveFrom(role);
  return new HemsRule(scope, id, {
    ...props,
    action: {
      kinesis: { roleArn: role.roleArn, streamName: stream.streamName, partitionKey: HISTORY_DIMENSIONS.household },
    },
  });
};

/** May publish on the command topic of any gateway, and on no other topic. */
export const mayOrderGateways = (caller: IFunction): void => {
  const topic = topicOf({ household: '*', gateway: '*' }, COMMAND_CHANNEL);
  const stack = Stack.of(caller);
  const arn = stack.formatArn({ service: 'iot', resource: 'topic', resourceName: topic });
  allow(caller, { actions: ['iot:Publish'], on: [arn] });
  Validations.of(caller.role ?? caller).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:aws:iot:${stack.region}:<AWS::AccountId>:topic/${topic}]`,
    reason: 'Which home is ordered is known at the request only; membership is checked there. No other topic is open.',
  });
};
