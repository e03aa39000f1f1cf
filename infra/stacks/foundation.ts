import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import { CfnArchive, CfnEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { Channels } from '../constructs/channels.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { Choice, House } from '../constructs/house.ts';
import { WeatherKey } from '../constructs/weather-key.ts';

/** Keys, the topics of alarms, the event bus, how people are reached and the weather asked: what every other stack rests on. */
export class FoundationStack extends HemsStack {
  readonly house: House;
  readonly bus: CfnEventBus;
  readonly channels: Channels;
  readonly weatherKey: WeatherKey;

  constructor(scope: Construct, choice: Choice) {
    super(scope, 'foundation', {
      choice,
      holds: 'keys, topics of alarms, event bus, mail and push, key to the weather',
    });
    const dataKey = this.#key('DataKey', 'What households leave with us: tables, history, objects, queues, events');
    const operationsKey = this.#key('OperationsKey', 'Logs and alarms');
    this.#letLogsUse(operationsKey);

    const topics = {
      operations: this.#topic('Operations', operationsKey),
      mornings: this.#topic('Mornings', operationsKey),
    };
    this.#letAlarmsPublish(Object.values(topics), operationsKey);
    this.house = { ...choice, dataKey, operationsKey, ...topics };

    this.channels = new Channels(this, 'Channels', this.house);
    this.weatherKey = new WeatherKey(this, 'WeatherKey', this.house);

    this.#letBusUse(dataKey);
    this.bus = new CfnEventBus(this, 'Bus', {
      name: this.stackName,
      description: 'What happened, for whoever listens',
      kmsKeyIdentifier: dataKey.keyArn,
    });
    new CfnArchive(this, 'BusArchive', {
      sourceArn: this.bus.attrArn,
      retentionDays: choice.config.eventArchiveDays,
      kmsKeyIdentifier: dataKey.keyArn,
    });

    new CfnOutput(this, 'TelemetryStore', { value: choice.telemetryStore });
    new CfnOutput(this, 'OperationsTopic', { value: topics.operations.topicArn });
    new CfnOutput(this, 'MorningsTopic', { value: topics.mornings.topicArn });
  }

  #key(id: string, description: string): Key {
    return new Key(this, id, { description, enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });
  }

  #letBusUse(key: Key): void {
    this.#letService(key, new ServicePrincipal('events.amazonaws.com'), {
      StringEquals: { 'aws:SourceAccount': this.account },
    });
  }

  #letLogsUse(key: Key): void {
    this.#letService(key, new ServicePrincipal(`logs.${this.region}.amazonaws.com`), {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': this.formatArn({ service: 'logs', resource: 'log-group:*' }) },
    });
  }

  #topic(id: string, key: Key): Topic {
    return new Topic(this, id, { masterKey: key, enforceSSL: true });
  }

  #letAlarmsPublish(topics: readonly Topic[], key: Key): void {
    const alarms = new ServicePrincipal('cloudwatch.amazonaws.com');
    const conditions = { StringEquals: { 'aws:SourceAccount': this.account } };
    this.#letService(key, alarms, conditions);
    for (const topic of topics)
      topic.addToResourcePolicy(
        new PolicyStatement({
          principals: [alarms],
          actions: ['sns:Publish'],
          resources: [topic.topicArn],
          conditions,
        }),
      );
  }

  /** In a key's own policy `*` is the key itself. */
  #letService(key: Key, principal: ServicePrincipal, conditions: Record<string, Record<string, string>>): void {
    const actions = [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ];
    key.addToResourcePolicy(new PolicyStatement({ principals: [principal], actions, resources: ['*'], conditions }));
  }
}
