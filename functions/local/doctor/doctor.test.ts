import { mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { openDatabase, type Database } from '../../adapters/embedded/database.ts';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { makeBackup } from '../backup/make-backup.ts';
import { openAuthority } from '../ca/authority.ts';
import { FORMAT } from '../data-directory.ts';
import { lookAtData } from './data.ts';
import { metricStore } from '../ops/metric-store.ts';
import { linesOf, type Finding } from './finding.ts';
import { lookAtHost } from './host.ts';
import { clockFinding, diskFinding, lookAtMachine, nodeFinding, openFilesFinding } from './machine.ts';

const NOW = dayStart('2026-11-23') + 12 * HOUR_MS;
let folder: string;
let database: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-doctor-'));
  await writeFile(join(folder, 'format'), FORMAT);
  database = openDatabase(join(folder, 'hems.sqlite'));
  await put('RUN#2026-11-22', 'RUN', { state: 'succeeded', attempt: 1 });
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const put = async (
  pk: string,
  sk: string,
  data: unknown,
  table: 'operations' | 'energy' = 'operations',
): Promise<void> => await sqliteTable({ database, clock: { now: () => NOW } }).put({ table, pk, sk, data });
const found = async (what: string, nowMs = NOW): Promise<Finding | undefined> =>
  (await lookAtData(folder, nowMs)).find((one) => one.what === what);
const stateOf = async (what: string, nowMs = NOW) => (await found(what, nowMs))?.state;

describe('of a data directory, the doctor', () => {
  test('finds a sound one well but for the backup that nobody made, and changes nothing in it', async () => {
    const before = await readdir(folder);
    const findings = await lookAtData(folder, NOW);
    expect(findings.filter(({ state }) => state !== 'ok').map(({ what }) => what)).toEqual(['backup']);
    expect(await readdir(folder)).toEqual(before);
  });

  test('fails a database whose pages were overwritten, and says how to go on', async () => {
    database.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
      INSERT INTO operations (pk, sk, version, data) SELECT 'X#' || i, 'X', 1, '"' || hex(zeroblob(200)) || '"' FROM n`);
    await database.close();
    const file = join(folder, 'hems.sqlite');
    const { size } = await stat(file);
    const handle = await open(file, 'r+');
    await handle.write(Buffer.alloc(size / 2, 7), 0, size / 2, size / 4);
    await handle.close();
    const failed = await found('database');
    expect(failed?.state).toBe('fails');
    expect(linesOf(failed!).join('\n')).toContain('restore BACKUP');
  });

  test('fails another format', async () => {
    await writeFile(join(folder, 'format'), '1');
    expect(linesOf((await lookAtData(folder, NOW))[0]!).join(' ')).toMatch(
      /FAIL +data: format 1.*copy the folder away.*commit that wrote it/,
    );
  });

  test('warns of what was given up and of what is held', async () => {
    const queue = sqliteQueue(
      { database, clock: { now: () => NOW } },
      { name: 'bus', visibilitySeconds: 0, attempts: 1 },
    );
    await queue.send('{}');
    await queue.receive(1);
    await queue.receive(1);
    await put('QUARANTINE#2026-11-23', 'hash-1', { state: 'held' });
    await put('QUARANTINE#2026-11-23', 'hash-2', { state: 'replayed' });
    expect([await stateOf('dead letters'), (await found('quarantine'))?.says]).toEqual([
      'warns',
      '1 messages are held',
    ]);
  });

  test('warns from six on when yesterday has not been run, and of a run that failed', async () => {
    const early = dayStart('2026-11-24') + 5 * HOUR_MS;
    expect([await stateOf('daily run', early), await stateOf('daily run', early + 2 * HOUR_MS)]).toEqual([
      'ok',
      'warns',
    ]);
    await put('RUN#2026-11-23', 'RUN', { state: 'failed', attempt: 2 });
    expect((await found('daily run', early + 2 * HOUR_MS))?.says).toBe('2026-11-23: attempt 2 is failed');
  });

  test('fails readings from the future: the clock was set back', async () => {
    await put('H#h-1', 'LIVE#meter-1', { ts: NOW + HOUR_MS }, 'energy');
    expect(await stateOf('readings')).toBe('fails');
    expect(await stateOf('readings', NOW + 2 * HOUR_MS)).toBe('ok');
  });

  test('warns of a certificate that is about to expire, and fails one that has', async () => {
    await openAuthority(join(folder, 'ca'), { now: () => NOW });
    const endMs = NOW + 7300 * DAY_MS;
    const states = [];
    for (const nowMs of [NOW, endMs - 20 * DAY_MS, endMs + DAY_MS]) states.push(await stateOf('certificates', nowMs));
    expect(states).toEqual(['ok', 'warns', 'fails']);
  });

  test('knows of the last backup, and when it is old or gone', async () => {
    const to = `${folder}-backups`;
    await makeBackup({ dataDirectory: folder, to, nowMs: NOW });
    const states = [];
    for (const minutes of [0, 14, 16, 25 * 60]) states.push(await stateOf('backup', NOW + minutes * 60_000));
    expect(states).toEqual(['ok', 'ok', 'warns', 'fails']);
    await rm(to, { recursive: true });
    expect((await found('backup'))?.says).toContain('is not there');
  });

  test.each(['', '{"madeMs":', '{}'])(
    'warns of a note of the last backup that is %j, and calls the database sound',
    async (text) => {
      await writeFile(join(folder, 'last-backup'), text);
      expect((await found('backup'))?.says).toContain('cannot be read');
      expect([await stateOf('backup'), await stateOf('database')]).toEqual(['warns', 'ok']);
    },
  );

  test('says nothing of a day that was over before the host began', async () => {
    const noon = dayStart('2026-11-24') + 12 * HOUR_MS;
    await database.close();
    await rm(join(folder, 'hems.sqlite'));
    database = openDatabase(join(folder, 'hems.sqlite'));
    await put('ANY', 'ANY', {});
    const minute = { metric: 'ingest_messages', of: '', figure: { count: 1, total: 1, most: 1 } } as never;
    const began = { ...(minute as object), minute: noon / 60_000 - 5 } as never;
    await metricStore(database).keep([began], noon);
    expect(await stateOf('daily run', noon)).toBe('ok');
    expect(await stateOf('daily run', noon + DAY_MS)).toBe('warns');
  });

  test('takes a folder without data for a beginning', async () => {
    expect((await lookAtData(join(folder, 'none'), NOW)).map(({ state }) => state)).toEqual(['warns']);
  });
});

describe('of the machine, the doctor', () => {
  test('looks at everything a host needs', async () => {
    const names = (await lookAtMachine(join(folder, 'not', 'there', 'yet'))).map(({ what }) => what);
    expect(names).toEqual(['Node', 'disk', 'open files', 'clock', 'web app', 'browser for tests']);
  });

  test.each([
    ['an old Node', nodeFinding('20.1.0'), 'fails'],
    ['a disk that is full', diskFinding('/data', 1e8), 'fails'],
    ['a disk that fills', diskFinding('/data', 2e9), 'warns'],
    ['room', diskFinding('/data', 2e10), 'ok'],
    ['few open files', openFilesFinding(1024), 'warns'],
    ['hardly any open files', openFilesFinding(64), 'fails'],
    ['no limit of open files', openFilesFinding(Infinity), 'ok'],
    ['a clock that is being moved', clockFinding({ movedMs: -900, fileAheadMs: 0 }), 'fails'],
    ['a disk with another time', clockFinding({ movedMs: 0, fileAheadMs: 3_600_000 }), 'fails'],
    ['a clock that keeps its time', clockFinding({ movedMs: 2, fileAheadMs: -8 }), 'ok'],
  ] as const)('judges %s', (_what, finding, state) => {
    expect(finding.state).toBe(state);
    expect(linesOf(finding)).toHaveLength(state === 'ok' ? 1 : 2);
  });
});

describe('of the host, the doctor', () => {
  const listening: Server[] = [];
  afterEach(() => listening.splice(0).forEach((server) => server.close()));
  const taken = async (): Promise<number> => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    listening.push(server);
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  };

  test('fails a port that another program has, with the way round it', async () => {
    const findings = await lookAtHost({ http: await taken(), mqtt: 0 }, { isRunning: false, nowMs: NOW });
    expect(findings.map(({ state }) => state)).toEqual(['fails', 'ok']);
    expect(linesOf(findings[0]!)[1]).toMatch(/PORT=\d+ npm start/);
  });

  test('fails one that does not answer', async () => {
    const findings = await lookAtHost({ http: await taken(), mqtt: await taken() }, { isRunning: true, nowMs: NOW });
    expect(findings.map(({ state }) => state)).toEqual(['fails', 'fails']);
  });
});
