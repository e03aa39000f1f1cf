import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnConfigurationSet, CfnEmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { allow, mayUseKey } from './grants.ts';
import type { House } from './house.ts';

/**
 * How people are reached: the domain that mails come from, and the key pair by which browsers know who wakes them. SES refuses every mail until
 * the records of the domain stand, and push is not offered until the pair is put in: docs/runbook.md#notices-do-not-go-out.
 */
export class Channels extends Construct {
  readonly mailFrom: string;
  readonly #mailArns: string[];
  readonly #pushKeys: Secret;
  readonly #house: House;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    this.#house = house;
    const { mailDomain } = house.config;
    const set = new CfnConfigurationSet(this, 'MailSet', {
      name: `hems-${house.stage}`,
      deliveryOptions: { tlsPolicy: 'REQUIRE' },
      reputationOptions: { reputationMetricsEnabled: true },
      // whoever a mail could not reach, or who complained, is not written to again
      suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
    new CfnEmailIdentity(this, 'Sender', {
      emailIdentity: mailDomain,
      configurationSetAttributes: { configurationSetName: set.ref },
      dkimSigningAttributes: { nextSigningKeyLength: 'RSA_2048_BIT' },
    });
    this.mailFrom = `notices@${mailDomain}`;
    const stack = Stack.of(this);
    this.#mailArns = [
      stack.formatArn({ service: 'ses', resource: 'identity', resourceName: mailDomain }),
      stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: `hems-${house.stage}` }),
    ];
    this.#pushKeys = new Secret(this, 'PushKeys', {
      description:
        'VAPID key pair of Web Push as JSON {publicKey, privateKey}; made with a value of no use, put a pair in',
      encryptionKey: house.operationsKey,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.#pushKeys).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Browsers that subscribed know us by this pair; another one would lose them all.',
    });
  }

  get pushKeysSecret(): string {
    return this.#pushKeys.secretArn;
  }

  /** As our sender and as nobody else. */
  mayMail(grantee: IGrantable): void {
    allow(grantee, {
      actions: ['ses:SendEmail'],
      on: this.#mailArns,
      conditions: { StringEquals: { 'ses:FromAddress': this.mailFrom } },
    });
  }

  mayReadPushKeys(grantee: IGrantable): void {
    allow(grantee, { actions: ['secretsmanager:GetSecretValue'], on: [this.#pushKeys.secretArn] });
    mayUseKey(grantee, { key: this.#house.operationsKey, through: 'secretsmanager', access: 'read' });
  }
}
