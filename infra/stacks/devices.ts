import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import { CfnLogging, CfnPolicy, CfnThingType } from 'aws-cdk-lib/aws-iot';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { GATEWAY_TYPE } from '@hems/shared/events/provisioning';
import { COMMAND_CHANNEL, topicOf, UP_CHANNELS, type GatewayAddress } from '@hems/shared/events/topics';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { FunctionEnvironment } from '../constructs/environment.ts';
import { allow } from '../constructs/grants.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { House } from '../constructs/house.ts';
import { Presence } from '../constructs/presence.ts';
import { Provisioning, provisioningStatements } from '../constructs/provisioning.ts';
import { brokerRole } from '../constructs/rule.ts';
import type { DataStack } from './data.ts';

/** Filled in by the broker from the certificate's thing; empty, and so matching nothing, without one. */
const OWN: GatewayAddress = {
  household: '${iot:Connection.Thing.Attributes[household]}',
  gateway: '${iot:Connection.Thing.ThingName}',
};

export type DevicesProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly bus: CfnEventBus;
  readonly environment: FunctionEnvironment;
};

/** What a gateway may do, one policy for the whole fleet; how it comes to its certificate; and who is there. */
export class DevicesStack extends HemsStack {
  /** of the one policy of the fleet */
  readonly policyName: string;

  constructor(scope: Construct, { house, ...props }: DevicesProps) {
    super(scope, 'devices', { choice: house, holds: 'what gateways may do' });
    const policy = new CfnPolicy(this, 'GatewayPolicy', { policyDocument: this.#gatewayPolicy() });
    this.policyName = policy.ref;
    new CfnOutput(this, 'PolicyName', { value: policy.ref });
    const type = new CfnThingType(this, 'Gateway', {
      thingTypeName: GATEWAY_TYPE,
      thingTypeProperties: { thingTypeDescription: 'Speaks for one household', searchableAttributes: ['household'] },
    });
    const gatewayPolicy = policy.ref;
    new Provisioning(this, 'Provisioning', { house, ...props, gatewayPolicy }).node.addDependency(type);
    new Presence(this, 'Presence', { house, ...props, gatewayPolicy });
    this.#logBroker(house);
  }

  #gatewayPolicy(): object {
    const iot = (kind: string, name: string) => this.formatArn({ service: 'iot', resource: kind, resourceName: name });
    const command = topicOf(OWN, COMMAND_CHANNEL);
    return {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'iot:Connect',
          Resource: iot('client', OWN.gateway),
          Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },
        },
        {
          Effect: 'Allow',
          Action: 'iot:Publish',
          Resource: UP_CHANNELS.map((channel) => iot('topic', topicOf(OWN, channel))),
        },
        { Effect: 'Allow', Action: 'iot:Subscribe', Resource: iot('topicfilter', command) },
        { Effect: 'Allow', Action: 'iot:Receive', Resource: iot('topic', command) },
        // to change its certificate it asks as it did for the first
        ...provisioningStatements(iot),
      ],
    };
  }

  /** Errors only: the broker's log is the one place that shows a rule whose SQL fails. One setting per account and Region. */
  #logBroker(house: House): void {
    const logGroup = new LogGroup(this, 'BrokerLog', {
      logGroupName: 'AWSIotLogsV2',
      encryptionKey: house.operationsKey,
      retention: house.config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = brokerRole(this, 'BrokerLogRole');
    allow(role, {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
      on: [logGroup.logGroupArn],
    });
    const logging = new CfnLogging(this, 'BrokerLogging', {
      accountId: this.account,
      roleArn: role.roleArn,
      defaultLogLevel: 'ERROR',
    });
    logging.node.addDependency(role);
  }
}
