import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { BUS_EVENTS, NOTICE_OF } from '@hems/shared/events/bus';
import { synthesised } from './synthesised.ts';

const { notifications, foundation, api, ingest, workflows } = synthesised('prod', 'blocks');
const resources: Record<string, any> = notifications.toJSON().Resources;
const ofType = (type: string): [string, any][] => Object.entries(resources).filter(([, { Type }]) => Type === type);
const grantsOf = (template: typeof notifications, role: string): any[] =>
  Object.values<any>(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(`"${role}`))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
const actionsOf = (grants: any[]): string[] => grants.flatMap(({ Action }) => Action);

describe('what people are told', () => {
  it('is every event that has a kind of notice, and no other', () => {
    notifications.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['hems'], 'detail-type': BUS_EVENTS.filter((type) => type in NOTICE_OF) },
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Notify'), 'Arn'] } })],
    });
    notifications.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['hems'], 'detail-type': ['event.announced'] },
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Invite'), 'Arn'] } })],
    });
    notifications.resourceCountIs('AWS::Events::Rule', 2);
  });

  it('is kept where nobody could take it: by each rule, by each function, by the schedule', () => {
    const [[queue] = ['']] = ofType('AWS::SQS::Queue');
    const arn = { 'Fn::GetAtt': [queue, 'Arn'] };
    for (const [, { Properties }] of ofType('AWS::Events::Rule'))
      expect(Properties.Targets[0].DeadLetterConfig).toEqual({ Arn: arn });
    const asynchronous = ofType('AWS::Lambda::EventInvokeConfig');
    expect(asynchronous).toHaveLength(4);
    for (const [, { Properties }] of asynchronous)
      expect(Properties).toMatchObject({
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: arn } },
      });
    const [[, schedule] = ['', {} as any]] = ofType('AWS::Scheduler::Schedule');
    expect(schedule.Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      Target: { DeadLetterConfig: { Arn: arn } },
    });
    const [[, policy] = ['', {} as any]] = ofType('AWS::SQS::QueuePolicy');
    const senders = policy.Properties.PolicyDocument.Statement.filter(({ Effect }: any) => Effect === 'Allow');
    expect(senders).toHaveLength(2);
    for (const { Condition, Action, Principal } of senders) {
      expect([Action, Principal]).toEqual(['sqs:SendMessage', { Service: 'events.amazonaws.com' }]);
      expect(Condition.ArnEquals['aws:SourceArn']).toBeDefined();
    }
  });

  it('is sent by functions that may write as our sender alone, and delete nothing', () => {
    for (const role of ['NotifyRole', 'SendNoticesRole']) {
      const grants = grantsOf(notifications, role);
      const mail = grants.filter(({ Action }) => [Action].flat().includes('ses:SendEmail'));
      expect(mail).toHaveLength(1);
      expect(mail[0].Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'notices@hems.example' } });
      expect(JSON.stringify(mail[0].Resource)).toMatch(/configuration-set\/hems-prod.*identity\/hems\.example/);
      expect(actionsOf(grants).join()).not.toMatch(/DeleteItem|events:|ses:\*/);
    }
    expect(actionsOf(grantsOf(notifications, 'InviteRole'))).toContain('events:PutEvents');
    // it writes down who is invited, beside how the home takes part
    expect(actionsOf(grantsOf(notifications, 'InviteRole')).join()).not.toMatch(/ses:|kms:GenerateMac/);
  });

  it('is said by those who see it happen', () => {
    for (const [template, role] of [
      [ingest, 'IngestRole'],
      [workflows, 'ForecastShardRole'],
      [workflows, 'SettleShardRole'],
      [workflows, 'DispatchPayoutsRole'],
      [api, 'eventsRole'],
    ] as const)
      expect(actionsOf(grantsOf(template, role)), role).toContain('events:PutEvents');
  });
});

describe('how people are reached', () => {
  it('mail goes over TLS, keeps away from addresses that bounced or complained, and is signed', () => {
    foundation.hasResourceProperties('AWS::SES::ConfigurationSet', {
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
    foundation.hasResourceProperties('AWS::SES::EmailIdentity', {
      EmailIdentity: 'hems.example',
      DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
    });
  });

  it('the key pair of push stays with the secret, and only those who wake browsers or let them subscribe may read it', () => {
    // the other is the key of the weather service
    foundation.resourceCountIs('AWS::SecretsManager::Secret', 2);
    const readers = (template: typeof api): string[] =>
      Object.values<any>(template.findResources('AWS::IAM::Policy'))
        .filter(({ Properties }) =>
          JSON.stringify(Properties).match(/PushKeys[\s\S]*GetSecretValue|GetSecretValue[\s\S]*PushKeys/),
        )
        .map(({ Properties }) => JSON.stringify(Properties.Roles));
    expect(readers(api)).toEqual([expect.stringContaining('inboxRole')]);
    expect(readers(notifications).toSorted()).toEqual([
      expect.stringContaining('NotifyRole'),
      expect.stringContaining('SendNoticesRole'),
    ]);
  });
});
