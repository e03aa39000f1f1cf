import { describe, expect, it } from 'vitest';
import type { Assembly, IngestMode, TelemetryStore } from './deploy-assembly.ts';
import type { IngestInUse } from './deploy-ingest.ts';
import { preflight, type AccountAnswers } from './deploy-preflight.ts';

/** Answers as AWS gave them, by situation. */
const TOKYO = 'ap-northeast-1';
const SEOUL = 'ap-northeast-2';

const EMPTY = { bootstrap: { is: 21 }, stages: { is: {} } } as const;
const NEW_CUSTOMER = {
  refused: {
    name: 'AccessDeniedException',
    message:
      'Only existing Timestream for LiveAnalytics customers can access the service. Reach out to AWS support for more information.',
  },
} as const;

const newAccount: AccountAnswers = {
  account: { is: '123456789012' },
  regions: { [TOKYO]: EMPTY, [SEOUL]: EMPTY },
  timestream: NEW_CUSTOMER,
  ingest: { is: undefined },
};
const oldCustomer: AccountAnswers = {
  ...newAccount,
  timestream: { is: ['ingest-cell2.timestream.ap-northeast-1.amazonaws.com'] },
};
const noCredentials: AccountAnswers = {
  account: { refused: { name: 'CredentialsProviderError', message: 'Could not load credentials from any providers' } },
  regions: {},
  timestream: {
    refused: { name: 'CredentialsProviderError', message: 'Could not load credentials from any providers' },
  },
  ingest: { is: undefined },
};
const timestreamRefuses = (name: string, message: string): AccountAnswers => ({
  ...newAccount,
  timestream: { refused: { name, message } },
});

const assembly = (telemetryStore: TelemetryStore, ingestMode: IngestMode): Assembly => ({
  stage: 'dev',
  telemetryStore,
  ingestMode,
  region: telemetryStore === 'timestream' ? TOKYO : SEOUL,
  stackNames: ['hems-dev-foundation', 'hems-dev-data'],
  bootstrapVersion: 6,
});
const inAllModes = (store: TelemetryStore): Record<IngestMode, Assembly> => ({
  direct: assembly(store, 'direct'),
  stream: assembly(store, 'stream'),
  drain: assembly(store, 'drain'),
});
const wanted = {
  stage: 'dev',
  assemblies: { timestream: inAllModes('timestream'), blocks: inAllModes('blocks') },
};

describe('which store a new stage gets', () => {
  it('an account that had LiveAnalytics keeps raw history in Timestream, in Tokyo', () => {
    expect(preflight(oldCustomer, wanted)).toMatchObject({
      go: true,
      account: '123456789012',
      assembly: { telemetryStore: 'timestream', region: TOKYO },
    });
  });

  it('a new account, to which it is closed, gets blocks in Seoul and is told why', () => {
    const verdict = preflight(newAccount, wanted);
    expect(verdict).toMatchObject({ go: true, assembly: { telemetryStore: 'blocks', region: SEOUL } });
    expect(verdict).toHaveProperty(
      'because',
      expect.stringContaining('Only existing Timestream for LiveAnalytics customers'),
    );
  });

  it.each([
    [
      'credentials that may not ask',
      'AccessDeniedException',
      'User: arn:aws:iam::123456789012:user/ci is not authorized to perform: timestream:DescribeEndpoints',
      'timestream:DescribeEndpoints',
    ],
    [
      'a network that does not answer',
      'Error',
      'getaddrinfo ENOTFOUND ingest.timestream.ap-northeast-1.amazonaws.com',
      'deploy again',
    ],
    ['a throttle', 'ThrottlingException', 'Rate exceeded', 'deploy again'],
  ])('%s decide nothing: a stage does not get blocks by accident', (_, name, message, todo) => {
    const verdict = preflight(timestreamRefuses(name, message), wanted);
    expect(verdict).toMatchObject({
      go: false,
      why: expect.stringContaining(message),
      todo: expect.stringContaining(todo),
    });
  });
});

describe('a stage that is there', () => {
  const deployed = (region: string, store: TelemetryStore, answers: AccountAnswers): AccountAnswers => ({
    ...answers,
    regions: { ...answers.regions, [region]: { bootstrap: { is: 21 }, stages: { is: { dev: store } } } },
  });

  it('keeps blocks even where Timestream could be had: its history would stay behind', () => {
    expect(preflight(deployed(SEOUL, 'blocks', oldCustomer), wanted)).toMatchObject({
      go: true,
      assembly: { telemetryStore: 'blocks', region: SEOUL },
    });
  });

  it('keeps Timestream while Timestream does not answer', () => {
    const unreachable = { ...newAccount, timestream: { refused: { name: 'TimeoutError', message: 'socket hang up' } } };
    expect(preflight(deployed(TOKYO, 'timestream', unreachable), wanted)).toMatchObject({
      go: true,
      assembly: { telemetryStore: 'timestream', region: TOKYO },
    });
  });
});

describe('what stops a deployment before anything is changed', () => {
  it('nobody is signed in', () => {
    expect(preflight(noCredentials, wanted)).toMatchObject({
      go: false,
      why: expect.stringContaining('Could not load credentials'),
      todo: expect.stringContaining('--plan'),
    });
  });

  it('the Region is not prepared for the CDK: the command to prepare it is told', () => {
    const bare = {
      ...newAccount,
      regions: { ...newAccount.regions, [SEOUL]: { ...EMPTY, bootstrap: { is: undefined } } },
    };
    expect(preflight(bare, wanted)).toMatchObject({ go: false, todo: `npx cdk bootstrap aws://123456789012/${SEOUL}` });
  });

  it('its preparation is too old', () => {
    const old = { ...newAccount, regions: { ...newAccount.regions, [SEOUL]: { ...EMPTY, bootstrap: { is: 5 } } } };
    expect(preflight(old, wanted)).toMatchObject({ go: false, why: expect.stringContaining('version 5, 6 is needed') });
  });

  it('the Region that is not used may be unprepared', () => {
    const bare = {
      ...newAccount,
      regions: { ...newAccount.regions, [TOKYO]: { ...EMPTY, bootstrap: { is: undefined } } },
    };
    expect(preflight(bare, wanted)).toMatchObject({ go: true });
  });

  it('another stage lives in the account: both would take each other’s readings', () => {
    const shared = {
      ...newAccount,
      regions: { ...newAccount.regions, [SEOUL]: { bootstrap: { is: 21 }, stages: { is: { prod: 'blocks' } } } },
    } as const;
    expect(preflight(shared, wanted)).toMatchObject({
      go: false,
      why: expect.stringContaining('stage prod'),
      todo: expect.stringContaining('account of its own'),
    });
  });

  it.each(['bootstrap', 'stages'] as const)('credentials may not read stacks (%s)', (question) => {
    const blind = {
      ...newAccount,
      regions: {
        ...newAccount.regions,
        [SEOUL]: { ...EMPTY, [question]: { refused: { name: 'AccessDenied', message: 'is not authorized' } } },
      },
    };
    expect(preflight(blind, wanted)).toMatchObject({
      go: false,
      todo: expect.stringContaining('cloudformation:DescribeStacks'),
    });
  });
});

describe('how a stage takes readings in', () => {
  const using = (inUse: IngestInUse | undefined): AccountAnswers => ({ ...newAccount, ingest: { is: inUse } });
  const EMPTY_STREAM = { arrived: 0, behindMs: undefined, isRead: true, setAside: 0 };

  it('is each message by itself where nobody asked for more', () => {
    expect(preflight(using(undefined), wanted)).toMatchObject({ go: true, assembly: { ingestMode: 'direct' } });
  });

  it.each(['direct', 'stream', 'drain'] as const)(
    'is kept: %s is not changed by a deployment that does not say so',
    (mode) => {
      expect(preflight(using({ mode, left: EMPTY_STREAM }), wanted)).toMatchObject({
        go: true,
        assembly: { ingestMode: mode },
      });
    },
  );

  it.each([
    ['a new stage', undefined, 'stream'],
    ['direct', { mode: 'direct' }, 'stream'],
    ['stream', { mode: 'stream', left: { ...EMPTY_STREAM, arrived: 9000, isRead: false } }, 'drain'],
    ['drain', { mode: 'drain', left: { ...EMPTY_STREAM, arrived: 9000 } }, 'stream'],
    ['a drained stream', { mode: 'drain', left: EMPTY_STREAM }, 'direct'],
  ] as const)('goes from %s on where no message is lost on the way', (_from, inUse, ingest) => {
    expect(preflight(using(inUse), { ...wanted, ingest })).toMatchObject({
      go: true,
      assembly: { ingestMode: ingest },
    });
  });

  it('does not go from a stream to none at once: its messages would be deleted with it', () => {
    const verdict = preflight(using({ mode: 'stream', left: EMPTY_STREAM }), { ...wanted, ingest: 'direct' });
    expect(verdict).toMatchObject({ go: false, todo: expect.stringContaining('--ingest drain') });
  });

  it.each([
    ['messages came', { arrived: 3 }, '3 messages were put into it'],
    ['its reader was at work', { behindMs: 90_000 }, 'up to 90000 ms behind'],
    ['nobody has looked into it', { isRead: false }, 'nothing says that its reader has come to its end'],
    ['batches were given up', { setAside: 2 }, '2 batches'],
  ])('keeps a stream that is drained while %s', (_what, left, why) => {
    const drained = using({ mode: 'drain', left: { ...EMPTY_STREAM, ...left } });
    expect(preflight(drained, { ...wanted, ingest: 'direct' })).toMatchObject({
      go: false,
      why: expect.stringContaining(why),
      todo: expect.stringContaining('set-aside hand-in'),
    });
  });

  it('drains no stream that is not there', () => {
    expect(preflight(using({ mode: 'direct' }), { ...wanted, ingest: 'drain' })).toMatchObject({
      go: false,
      why: 'dev has no stream to drain',
    });
  });

  it('is not guessed when the account does not say it', () => {
    const refused = { name: 'AccessDenied', message: 'not authorized to perform: s3:ListBucket' };
    expect(preflight({ ...newAccount, ingest: { refused } }, wanted)).toMatchObject({
      go: false,
      todo: expect.stringContaining('cloudwatch:GetMetricData'),
    });
  });
});
