import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aedes } from 'aedes';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BusEvent } from '../ports/event-bus.ts';
import type { Host } from './host.ts';
import { STEPS, type Journey } from './testing/planted-journey.ts';
import { PLANTED, plantedIn } from './testing/planted.ts';

// before the logger is made, which reads it once
vi.hoisted(() => vi.stubEnv('LOG_LEVEL', 'DEBUG'));

/** Letters are for whom they name, and what a resident hands in or takes out is the resident's: their keys are looked at, not their bodies. */
const OF_RESIDENTS = [/^outbox\/mail\//, /^objects\/(imports|exports)\//];

const topics: string[] = [];
const written: string[] = [];
const happened: BusEvent[] = [];
let host: Host;
let folder: string;
let journey: Journey;

const listenToTopics = (): void => {
  const create = Aedes.createBroker.bind(Aedes);
  vi.spyOn(Aedes, 'createBroker').mockImplementation(async (...options) => {
    const broker = await create(...options);
    broker.on('publish', ({ topic }) => topics.push(topic));
    broker.on('subscribe', (subscriptions) => topics.push(...subscriptions.map(({ topic }) => topic)));
    return broker;
  });
};

/** All that is printed and logged, down to the finest level. */
const listenToLog = (): void => {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return true;
    });
};

const listenToBus = async (): Promise<void> => {
  const { bus } = await import('../runtime/ports.ts');
  const real = await bus().catch(() => undefined);
  bus.use({
    publish: async (events) => {
      happened.push(...events);
      await real?.publish(events);
    },
  });
};

const withoutKeys: Journey['withoutKeys'] = async (work) => {
  const { keys } = await import('../runtime/ports.ts');
  const real = await keys();
  const away = () => Promise.reject(new Error('the keys are away'));
  keys.use({ newDataKey: away, unwrap: away, blindIndex: away });
  await work().finally(() => keys.use(real));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-planted-'));
  listenToTopics();
  listenToLog();
  const { startHost } = await import('./host.ts');
  const options = { dataDirectory: folder, fresh: false, port: 0, mqttPort: 0, demo: { days: 1 } };
  host = await startHost(options, (line) => written.push(line));
  await listenToBus();
  const { origin } = host;
  const tokens = { owner: '', guest: '', operator: '', auditor: '' };
  journey = {
    origin,
    dataDirectory: folder,
    tokens,
    householdId: '',
    exchanges: [],
    missing: [],
    cutShort: [],
    withoutKeys,
  };
  for (const { name, take } of STEPS)
    await take(journey).catch((error: unknown) => journey.cutShort.push(`${name}: ${String(error)}`));
});
afterAll(async () => {
  await host.stop();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const files = async (): Promise<string[]> => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name).slice(folder.length + 1));
};

describe('after two residents, whose names were planted, joined and did all that the front door offers', () => {
  test('they were told their names, and got their letters: the search would find them', async () => {
    const { device, pushEndpoint, ...names } = PLANTED;
    const expected = Object.keys(names).filter((name) => !['ownerName', 'customerNumber'].includes(name));
    const told = journey.exchanges.map(({ answer }) => answer).join('\n');
    expect(plantedIn(told)).toEqual(expect.arrayContaining(expected));
    const letters = (await files()).filter((path) => path.startsWith('outbox/mail/'));
    const bodies = await Promise.all(letters.map((path) => readFile(join(folder, path))));
    expect(bodies.flatMap(plantedIn)).toEqual(expect.arrayContaining(['ownerEmail', 'guestEmail']));
    for (const form of ['utf8', 'hex', 'base64', 'base64url', 'utf16le'] as const)
      expect(
        plantedIn(
          Buffer.from(
            form === 'utf16le' ? Buffer.from(`x${device}`, form) : Buffer.from(`x${pushEndpoint}`).toString(form),
          ),
        ),
      ).not.toEqual([]);
  });

  test('no step was left out or cut short', () => {
    expect(journey.missing).toEqual([]);
    expect(journey.cutShort).toEqual([]);
  });

  test('no answer to staff names them, and no refusal to anybody, unless the question did', () => {
    const apart = journey.exchanges.filter(
      ({ who, status }) => who === 'operator' || who === 'auditor' || status >= 400,
    );
    expect(apart.length).toBeGreaterThan(15);
    const more = apart.filter(({ asked, answer }) => {
      const said = new Set(plantedIn(asked));
      return plantedIn(answer).some((name) => !said.has(name));
    });
    expect(more).toEqual([]);
  });

  test('no line of the log names them', () => {
    expect(written.filter((line) => line.includes('the keys are away')).length).toBeGreaterThan(2);
    expect(written.filter((line) => plantedIn(line).length > 0)).toEqual([]);
  });

  test('no topic names them', () => {
    expect(topics.length).toBeGreaterThan(10);
    expect(topics.filter((topic) => plantedIn(topic).length > 0)).toEqual([]);
  });

  test('no event of the bus names them', () => {
    expect(happened.map(({ type }) => type)).toContain('consent.changed');
    expect(happened.filter((event) => plantedIn(JSON.stringify(event)).length > 0)).toEqual([]);
  });

  test('no key, index key, item, log page or free page of the database holds them', async () => {
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(join(folder, 'hems.sqlite'), { readOnly: true });
    const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all() as { name: string }[];
    const rows = tables.flatMap(({ name }) =>
      database
        .prepare(`SELECT * FROM "${name}"`)
        .all()
        .map((row) => ({ name, row: JSON.stringify(row) })),
    );
    database.close();
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter(({ row }) => plantedIn(row).length > 0)).toEqual([]);
    const databases = (await files()).filter((path) => path.startsWith('hems.sqlite'));
    expect(databases).toContain('hems.sqlite-wal');
    const bytes = await Promise.all(databases.map((path) => readFile(join(folder, path))));
    expect(
      bytes.some((one) => one.includes(journey.householdId)),
      'what they did is in these bytes',
    ).toBe(true);
    expect(bytes.flatMap(plantedIn)).toEqual([]);
  });

  test('no other file holds them, and no file is called after them', async () => {
    const all = await files();
    expect(all.filter((path) => plantedIn(path).length > 0)).toEqual([]);
    const ours = all.filter((path) => !OF_RESIDENTS.some((of) => of.test(path)));
    for (const path of ours) expect(plantedIn(await readFile(join(folder, path))), path).toEqual([]);
  });
});
