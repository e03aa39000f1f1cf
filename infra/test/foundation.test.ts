import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesised } from './synthesised.ts';

const { foundation } = synthesised('prod', 'blocks');

describe('foundation', () => {
  it('rotates both keys and keeps them when the stack goes', () => {
    foundation.resourceCountIs('AWS::KMS::Key', 2);
    foundation.allResources('AWS::KMS::Key', {
      Properties: { EnableKeyRotation: true },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('encrypts the operations topic and refuses to send over plain text', () => {
    foundation.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    foundation.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });

  it('keeps bus events a year for replay, encrypted', () => {
    foundation.hasResourceProperties('AWS::Events::EventBus', { KmsKeyIdentifier: Match.anyValue() });
    foundation.hasResourceProperties('AWS::Events::Archive', {
      RetentionDays: 365,
      KmsKeyIdentifier: Match.anyValue(),
    });
  });

  it('lets a service use a key for this account only', () => {
    const statements = Object.values(foundation.findResources('AWS::KMS::Key')).flatMap(
      (key) => key.Properties.KeyPolicy.Statement,
    );
    const services = statements.filter(({ Principal }) => Principal.Service);
    expect(services.map(({ Principal }) => Principal.Service).toSorted()).toEqual([
      'cloudwatch.amazonaws.com',
      'events.amazonaws.com',
      'logs.ap-northeast-2.amazonaws.com',
    ]);
    for (const { Condition } of services) expect(JSON.stringify(Condition)).toContain('AWS::AccountId');
  });

  it('tells which store was deployed, so that a later deployment keeps to it', () => {
    foundation.hasOutput('TelemetryStore', { Value: 'blocks' });
  });
});
