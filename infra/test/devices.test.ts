import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { COMMAND_CHANNEL, topicOf, UP_CHANNELS } from '@hems/shared/events/topics';
import { synthesised } from './synthesised.ts';

const { devices } = synthesised('prod', 'blocks');

type Statement = { Effect: string; Action: string; Resource: unknown; Condition?: unknown };
const [policy] = Object.values(devices.findResources('AWS::IoT::Policy')) as any[];
const statements: Statement[] = policy.Properties.PolicyDocument.Statement;

/** The ARN as text, its account filled in. */
const text = (value: any): string =>
  typeof value === 'string'
    ? value
    : value['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : '123456789012')).join('');
const resourcesOf = ({ Resource }: Statement): string[] => [Resource].flat().map(text);

type Thing = { name?: string; household?: string; attached?: boolean };

/** As the broker decides: variables filled in from the certificate's thing, a statement with an empty one matches nothing. */
const may = (action: string, name: string, { name: thing = '', household = '', attached = true }: Thing): boolean =>
  statements.some((statement) => {
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

describe('gateway policy', () => {
  it('names four actions and not one wildcard', () => {
    expect(statements.map(({ Action }) => Action)).toEqual([
      'iot:Connect',
      'iot:Publish',
      'iot:Subscribe',
      'iot:Receive',
    ]);
    expect(JSON.stringify(statements)).not.toContain('*');
    expect(statements[0]?.Condition).toEqual({ Bool: { 'iot:Connection.Thing.IsAttached': 'true' } });
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
