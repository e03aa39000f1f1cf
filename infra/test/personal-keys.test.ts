import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { PersonalKeys } from '../constructs/personal-keys.ts';
import { NOUNS } from '../stacks/api-nouns.ts';
import { synthesised } from './synthesised.ts';

const stack = new Stack(new App(), 'Test');
const personal = new PersonalKeys(stack, 'Personal');
const reader = new Role(stack, 'Reader', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
personal.open(reader, ['open', 'make', 'find']);
const looker = new Role(stack, 'Looker', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
personal.open(looker, ['find']);
const template = Template.fromStack(stack);

const arn = (id: string) => ({ 'Fn::GetAtt': [Match.stringLikeRegexp(`^Personal${id}`), 'Arn'] });

describe('the keys of personal data', () => {
  it('are two: one that wraps data keys and is rotated each year, and one that only makes MACs', () => {
    template.resourceCountIs('AWS::KMS::Key', 2);
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true, KeySpec: Match.absent() });
    // KMS rotates no HMAC key; and with another one nothing would be found again
    template.hasResourceProperties('AWS::KMS::Key', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  });

  it('outlive the stack: without them nothing sealed can be read again', () => {
    template.allResources('AWS::KMS::Key', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('open with an owner as encryption context only, and do nothing else', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: arn('FieldKey'),
            Condition: { Null: { 'kms:EncryptionContext:owner': 'false' } },
          },
          { Effect: 'Allow', Action: 'kms:GenerateMac', Resource: arn('IndexKey') },
        ],
      },
    });
  });

  it('open nothing for who only looks for something', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'kms:GenerateMac', Resource: arn('IndexKey') }] },
      PolicyName: Match.stringLikeRegexp('^Looker'),
    });
  });

  it('let no key policy name anybody but the account, whose IAM policies then decide', () => {
    for (const { Properties } of Object.values(template.findResources('AWS::KMS::Key')))
      expect(Properties.KeyPolicy.Statement).toEqual([
        expect.objectContaining({
          Principal: {
            AWS: {
              'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']],
            },
          },
        }),
      ]);
  });
});

describe('in the stack of the API', () => {
  const { api } = synthesised('prod', 'blocks');
  const policies = Object.values(api.findResources('AWS::IAM::Policy')).map(
    ({ Properties }) => Properties.PolicyDocument,
  );

  it('only the functions of nouns that need personal data may open it', () => {
    const opening = policies.filter((document) => JSON.stringify(document).includes('kms:EncryptionContext:owner'));
    expect(opening).toHaveLength(Object.values(NOUNS).filter(({ personal: uses }) => uses?.includes('open')).length);
  });

  it('what answers consents and the access log opens no personal data', () => {
    // an application is told to offices by the household’s name with each of them, which is a blind index
    for (const noun of ['access', 'consents', 'community', 'rewards', 'quarantine'] as const)
      expect(NOUNS[noun].personal, noun).toBeUndefined();
  });

  it('whoever has staff routes about homes may write the access log', () => {
    for (const noun of ['access', 'programmes', 'rewards', 'quarantine', 'proofs', 'claims'] as const)
      expect(NOUNS[noun].tables.homes, noun).toBe('readWrite');
  });
});
