import { describe, expect, it } from 'vitest';
import { compare, idleAmong } from './privilege/proof.ts';
import { nameOf, type Rights } from './privilege/rights.ts';
import { deployedRights } from './deployed-rights.ts';

/** What `npm run privilege` is made of, and that it can fail. */
const BILL = ['api/bill table BatchGetItem people', 'api/bill table BatchGetItem homes', 'api/bill table Query energy'];
const all = deployedRights('timestream').filter(({ entry }) => entry === 'api/bill');
const compared = (rights: readonly Rights[], record: readonly string[]) =>
  compare(rights, record, { store: 'timestream', mode: 'direct', shown: [] });

const allowing = (right: string): Rights[] => all.map((one) => ({ ...one, granted: new Set([...one.granted, right]) }));
const withdrawing = (right: string): Rights[] =>
  all.map((one) => ({ ...one, granted: new Set([...one.granted].filter((other) => other !== right)) }));

describe('the proof of least privilege', () => {
  it('holds for a function that was seen to need what it may', () => {
    expect(all).toHaveLength(1);
    expect(compared(all, BILL)).toEqual({ missing: [], excess: [] });
  });

  it('fails when a role may do more: a queue, a key, the same table of others', () => {
    for (const right of [
      'sqs:SendMessage WebhooksCalls',
      'kms:Decrypt PersonalFieldKey',
      'dynamodb:UpdateItem Energy',
      'dynamodb:DeleteItem Homes/*',
      'dynamodb:GetItem *',
    ])
      expect(compared(allowing(right), BILL).excess).toEqual([`api/bill (api/bill) may ${right}`]);
  });

  it('fails when a role may do less than it was seen to need, or than is done in its name', () => {
    for (const right of ['dynamodb:Query Energy', 'kms:Decrypt DataKey via dynamodb', 'logs:PutLogEvents billLog'])
      expect(compared(withdrawing(right), BILL).missing).toEqual([`api/bill (api/bill) needs ${right}`]);
  });

  it('fails when a handler asks for more than before, and when it no longer asks for what it may', () => {
    expect(compared(all, [...BILL, 'api/bill bus publish']).missing).toEqual([
      'api/bill (api/bill) needs events:PutEvents Bus',
    ]);
    expect(compared(all, BILL.slice(0, 2)).excess).toContain('api/bill (api/bill) may dynamodb:Query Energy');
    expect(() => compared(all, [...BILL, 'api/bill telepathy send'])).toThrow('no port telepathy');
  });

  it('knows an excuse that excuses nothing: what was seen, or is excused twice, or what the role may not', () => {
    const idle = (shown: string[]) =>
      idleAmong(shown, BILL.slice(0, 2), [{ store: 'timestream', mode: 'direct', all }]);
    expect(idle(['api/bill table Query energy'])).toEqual([]);
    expect(idle(['api/bill table Query energy', 'api/bill table GetItem homes'])).toEqual([
      'api/bill table GetItem homes',
    ]);
    expect(idle(['api/bill bus publish'])).toEqual(['api/bill bus publish']);
  });

  it('takes a deletion for granted in the partitions that are named, or everywhere', () => {
    const deletes = [...BILL, 'api/bill table DeleteItem operations/PARTNER#'];
    const sealing = ['kms:Encrypt DataKey via dynamodb', 'kms:GenerateDataKey DataKey via dynamodb'];
    const may = (...rights: string[]) =>
      all.map((one) => ({ ...one, granted: new Set([...one.granted, ...sealing, ...rights]) }));
    expect(compared(may('dynamodb:DeleteItem Operations/PARTNER'), deletes)).toEqual({ missing: [], excess: [] });
    expect(compared(may('dynamodb:DeleteItem Operations/*'), deletes)).toEqual({ missing: [], excess: [] });
    expect(compared(may('dynamodb:DeleteItem Operations/OPENADR-DUE'), deletes).missing).toEqual([
      'api/bill (api/bill) needs dynamodb:DeleteItem Operations/PARTNER',
    ]);
  });
});

it('a resource is called by its name in its stack', () => {
  expect(nameOf({ 'Fn::GetAtt': ['Asked3F76C4D5', 'Arn'] })).toBe('Asked');
  const output = (OutputName: string) => ({ 'Fn::GetStackOutput': { StackName: 's', Region: 'r', OutputName } });
  expect(nameOf(output('PublishOutputFnGetAttHomes77C01188Arn6D51732E'))).toBe('Homes');
  expect(nameOf(output('PublishOutputFnGetAttBusArnC339FFA3'))).toBe('Bus');
  expect(nameOf(output('PublishOutputRefWeatherKeyCAB33386F8B1B2F2'))).toBe('WeatherKey');
  expect(nameOf({ 'Fn::Join': ['', [output('PublishOutputFnGetAttHomes77C01188Arn6D51732E'), '/index/by-i1']] })).toBe(
    'Homes/index/by-i1',
  );
  expect(nameOf({ 'Fn::Join': ['', ['arn:aws:iot:r:', { Ref: 'AWS::AccountId' }, ':cert/*']] })).toBe('cert/*');
  expect(nameOf('*')).toBe('*');
});
