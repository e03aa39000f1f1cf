import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { templateParameters } from '@hems/shared/events/provisioning';
import { healthRule, presenceRule } from '@hems/shared/events/rules';
import { COMMAND_CHANNEL, topicOf, UP_CHANNELS } from '@hems/shared/events/topics';
import { synthesised } from './synthesised.ts';

const { devices } = synthesised('prod', 'blocks');

type Statement = { Effect: string; Action: string; Resource: unknown; Condition?: unknown };
const policyOf = (id: RegExp): Statement[] => {
  const found: any[] = Object.entries(devices.findResources('AWS::IoT::Policy')).flatMap(([name, one]) =>
    id.test(name) ? [one] : [],
  );
  return found[0].Properties.PolicyDocument.Statement;
};
const statements = policyOf(/^GatewayPolicy/);
const ofClaims = policyOf(/ClaimPolicy/);

/** The ARN as text, its account filled in. */
const text = (value: any): string =>
  typeof value === 'string'
    ? value
    : value['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : '123456789012')).join('');
const resourcesOf = ({ Resource }: Statement): string[] => [Resource].flat().map(text);

type Thing = { name?: string; household?: string; attached?: boolean };

/** As the broker decides: variables filled in from the certificate's thing, a statement with an empty one matches nothing. */
const may = (
  action: string,
  name: string,
  { name: thing = '', household = '', attached = true }: Thing,
  policy = statements,
): boolean =>
  policy.some((statement) => {
    if (statement.Action !== action || (statement.Condition && !attached)) return false;
    return resourcesOf(statement).some((resource) => {
      const wanted = [...resource.matchAll(/\$\{[^}]+\}/g)].map(([variable]) => variable);
      const values: Record<string, string> = {
        '${iot:Connection.Thing.ThingName}': attached ? thing : '',
        '${iot:Connection.Thing.Attributes[household]}': attached ? household : '',
      };
      if (wanted.some((variable) => !values[variable])) return false;
      const filled = wanted.reduce((arn, variable) => arn.replace(variable, values[variable] ?? ''), resource);
      const pattern = new RegExp(`^${filled.replaceAll(/[.+^$()|[\]\\{}]/g, String.raw`\$&`).replaceAll('*', '.*')}$`);
      return pattern.test(`arn:aws:iot:ap-northeast-2:123456789012:${name}`);
    });
  });

const GATEWAY = { name: 'gw1', household: 'tel1' };
const own = (channel: Parameters<typeof topicOf>[1]) => topicOf({ household: 'tel1', gateway: 'gw1' }, channel);

describe('a gateway with its certificate', () => {
  it('connects under its own name only', () => {
    expect(may('iot:Connect', 'client/gw1', GATEWAY)).toBe(true);
    expect(may('iot:Connect', 'client/gw2', GATEWAY)).toBe(false);
  });

  it.each(UP_CHANNELS)('publishes to its own %s', (channel) => {
    expect(may('iot:Publish', `topic/${own(channel)}`, GATEWAY)).toBe(true);
  });

  it.each([
    ['another household', topicOf({ household: 'tel2', gateway: 'gw1' }, 'reading')],
    ['another gateway of its household', topicOf({ household: 'tel1', gateway: 'gw2' }, 'reading')],
    ['its own commands', own(COMMAND_CHANNEL)],
    ['below a channel', `${own('reading')}/x`],
    ['a rule of the broker', '$aws/rules/hems_reading'],
  ])('does not publish to %s', (_, topic) => {
    expect(may('iot:Publish', `topic/${topic}`, GATEWAY)).toBe(false);
  });

  it('listens to its own commands and to nothing wider', () => {
    expect(may('iot:Subscribe', `topicfilter/${own(COMMAND_CHANNEL)}`, GATEWAY)).toBe(true);
    expect(may('iot:Receive', `topic/${own(COMMAND_CHANNEL)}`, GATEWAY)).toBe(true);
    for (const filter of ['#', 'hems/v1/tel1/+/cmd', 'hems/v1/+/gw1/cmd', own('reading')])
      expect(may('iot:Subscribe', `topicfilter/${filter}`, GATEWAY)).toBe(false);
  });
});

describe('who fails closed', () => {
  it('a certificate that is attached to no thing', () => {
    expect(may('iot:Connect', 'client/gw1', { ...GATEWAY, attached: false })).toBe(false);
  });

  it('a thing without a household publishes nothing', () => {
    for (const channel of UP_CHANNELS) {
      const topic = `topic/hems/v1//gw1/${channel}`;
      expect(may('iot:Publish', topic, { name: 'gw1' })).toBe(false);
    }
  });
});

const CREATE = '$aws/certificates/create-from-csr/json';
const PROVISION = '$aws/provisioning-templates/hems-gateway/provision/json';

describe('a claim certificate, as gateways leave the factory with it', () => {
  const claim = (action: string, name: string) => may(action, name, { attached: false }, ofClaims);

  it('asks for a certificate and to be provisioned, and hears the answers', () => {
    expect(claim('iot:Connect', 'client/claim-1')).toBe(true);
    for (const topic of [CREATE, PROVISION]) {
      expect(claim('iot:Publish', `topic/${topic}`)).toBe(true);
      expect(claim('iot:Subscribe', `topicfilter/${topic}/accepted`)).toBe(true);
      expect(claim('iot:Receive', `topic/${topic}/rejected`)).toBe(true);
    }
  });

  it.each([
    ['connects as no gateway', 'iot:Connect', 'client/gw1'],
    ['publishes no reading', 'iot:Publish', `topic/${own('reading')}`],
    ['has no key made for it', 'iot:Publish', 'topic/$aws/certificates/create/json'],
    ['uses no other template', 'iot:Publish', 'topic/$aws/provisioning-templates/other/provision/json'],
    ['says no answer itself', 'iot:Publish', `topic/${CREATE}/accepted`],
    ['hears no orders', 'iot:Subscribe', `topicfilter/${own(COMMAND_CHANNEL)}`],
    ['hears not everything', 'iot:Subscribe', 'topicfilter/#'],
  ])('%s', (_, action, name) => {
    expect(claim(action, name)).toBe(false);
  });
});

describe('gateway policy', () => {
  it('names four actions, and a wildcard only for the answers of provisioning', () => {
    expect(new Set(statements.map(({ Action }) => Action))).toEqual(
      new Set(['iot:Connect', 'iot:Publish', 'iot:Subscribe', 'iot:Receive']),
    );
    const wild = statements.flatMap(resourcesOf).filter((resource) => resource.includes('*'));
    expect(wild.map((resource) => resource.replace(/^[^/]+\//, ''))).toEqual(
      ['Subscribe', 'Receive'].flatMap(() => [`${CREATE}/*`, `${PROVISION}/*`]),
    );
    expect(statements[0]?.Condition).toEqual({ Bool: { 'iot:Connection.Thing.IsAttached': 'true' } });
  });

  it('fits into the 2048 characters that AWS IoT takes', () => {
    const whole = {
      Version: '2012-10-17',
      Statement: statements.map((one) => ({ ...one, Resource: resourcesOf(one) })),
    };
    expect(JSON.stringify(whole).length).toBeLessThan(2048);
  });
});

describe('fleet provisioning', () => {
  const [template] = Object.values(devices.findResources('AWS::IoT::ProvisioningTemplate')) as any[];
  const body = JSON.parse(
    template.Properties.TemplateBody['Fn::Join'][1]
      .map((part: any) => (typeof part === 'string' ? part : 'gateway-policy'))
      .join(''),
  );

  it('asks the hook each time', () => {
    expect(template.Properties).toMatchObject({
      TemplateName: 'hems-gateway',
      Enabled: true,
      PreProvisioningHook: {
        TargetArn: { 'Fn::GetAtt': [expect.stringMatching(/^ProvisioningHook/), 'Arn'] },
        PayloadVersion: '2020-04-01',
      },
    });
    devices.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
      FunctionName: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ProvisioningHook'), 'Arn'] },
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
  });

  it('has a hook that may end a certificate that was given before, and nothing else of a gateway', () => {
    const policies: any[] = Object.entries(devices.findResources('AWS::IAM::Policy')).flatMap(([id, one]) =>
      id.startsWith('ProvisioningHook') ? [one] : [],
    );
    const actions = policies
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .flatMap(({ Action }) => Action);
    expect(actions.filter((action: string) => action.startsWith('iot:'))).toEqual(['iot:UpdateCertificate']);
  });

  it('takes thing and household from the hook, and the serial number, which is all that the gateway says, into nothing', () => {
    expect(body.Resources.thing.Properties).toEqual({
      ThingName: { Ref: 'ThingName' },
      ThingTypeName: 'hems-gateway',
      AttributePayload: { household: { Ref: 'Household' } },
    });
    expect(body.Resources.policy.Properties).toEqual({ PolicyName: 'gateway-policy' });
    expect(body.Resources.certificate.Properties.Status).toBe('Active');
    expect(JSON.stringify([body.Resources, body.DeviceConfiguration])).not.toContain('SerialNumber');
    expect(Object.keys(body.Parameters).toSorted()).toEqual(
      ['AWS::IoT::Certificate::Id', 'SerialNumber', ...Object.keys(templateParameters.shape)].toSorted(),
    );
  });
});

describe('who is there', () => {
  it.each([
    [presenceRule, 'PresencePresenceFunction'],
    [healthRule, 'PresenceHealth'],
  ])('$name hands each message to its function', ({ name, sql }, target) => {
    devices.hasResourceProperties('AWS::IoT::TopicRule', {
      RuleName: name,
      TopicRulePayload: {
        Sql: sql,
        AwsIotSqlVersion: '2016-03-23',
        Actions: [{ Lambda: { FunctionArn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^${target}`), 'Arn'] } } }],
      },
    });
  });

  it('is heard without the address a gateway came from', () => {
    expect(presenceRule.sql).toBe(
      "SELECT clientId, eventType, timestamp, versionNumber, principalIdentifier, disconnectReason FROM '$aws/events/presence/+/+'",
    );
  });

  it('costs no call for the health of each minute: the rule takes the first message of a connection', () => {
    expect(healthRule.sql).toMatch(/FROM 'hems\/v1\/\+\/\+\/health' WHERE hello = true$/);
  });

  it('is looked at again from a queue that brings back what failed, five times, and then keeps it for a person', () => {
    devices.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^PresenceRechecks'), 'Arn'] },
      FunctionName: { Ref: Match.stringLikeRegexp('^PresenceRecheck') },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    devices.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 180,
      RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: Match.anyValue() },
      KmsMasterKeyId: Match.anyValue(),
    });
  });

  it('has no function that deletes anything of a gateway: that is the erasure’s', () => {
    expect(JSON.stringify(devices.toJSON())).not.toMatch(/iot:(Delete(Thing|Certificate)|Detach)/);
  });
});

describe('broker log', () => {
  it('keeps errors 180 days, encrypted: it alone shows a rule whose SQL fails', () => {
    devices.hasResourceProperties('AWS::IoT::Logging', { DefaultLogLevel: 'ERROR' });
    devices.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: 'AWSIotLogsV2',
      RetentionInDays: 180,
      KmsKeyId: Match.anyValue(),
    });
  });
});
