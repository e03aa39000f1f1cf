import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { DAY_MS, dayStart, SLOT_MS } from '@hems/models/calendar/seoul';
import { refusals } from '@hems/models/history/reasons';
import type { Quantities } from '@hems/models/reading/quantities';
import { aPoint } from '@hems/models/testing/builders';
import { exportReport } from '@hems/shared/api/exports';
import type { TelemetryStore } from '../../ports/telemetry-store.ts';
import { aFilesWorld, type FilesWorld } from '../../testing/files-world.ts';
import { aBatch, aRuleEvent, HOME, NOON } from '../../testing/world.ts';
import { aggregateHousehold } from '../aggregate-household.ts';
import { fillHousehold, OWNER as RESIDENT, PLANTED } from '../../testing/full-household.ts';
import { importDays, type DayTotal } from '../import-days.ts';
import { readHistory } from '../imports/read-history.ts';
import { inviteMember } from '../members/invite-member.ts';
import { householdSealer } from '../stores/data-keys.ts';
import { listDevices, putDevice, putMember, type Member } from '../stores/households.ts';
import { archiveKey, readExport as readKept } from '../stores/exports.ts';
import { putPerson } from '../stores/people.ts';
import { placePut } from '../stores/places.ts';
import { putPushTarget } from '../stores/push-targets.ts';
import { exportHousehold } from './export-household.ts';
import { CONTENTS } from './index-page.ts';
import { listExports, readExport } from './read-exports.ts';
import { startExport } from './start-export.ts';

const { householdId } = HOME;
const OWNER = { householdId, sub: 'owner', role: 'owner' } as const;

let world: FilesWorld;
let sent: string[];
beforeEach(async () => {
  world = await aFilesWorld();
  sent = [];
});
afterEach(() => world.close());

const deps = () => ({ ...world, files: { send: async (body: string) => void sent.push(body) } });
const place = z.object({ householdId: z.string(), exportId: z.string() });

/** Asks for an archive, has it written and opens it. */
const exported = async (member: Member = OWNER) => {
  const { exportId } = await startExport(deps(), member);
  expect(await exportHousehold(world, place.parse(JSON.parse(sent.at(-1) ?? '')))).toBe('ready');
  const bytes = await world.objects.get(archiveKey({ householdId, exportId }));
  const files = Object.entries(unzipSync(bytes ?? new Uint8Array())).map(
    ([path, data]) => [path, strFromU8(data)] as const,
  );
  return { exportId, bytes: bytes?.length ?? 0, files: new Map(files) };
};
const json = (text: string | undefined): unknown => JSON.parse(text ?? 'null');

const total = (date: string, importWh: number): DayTotal => ({ date, importWh, quality: 'good', source: 'imported' });

/** A household with a day from an import, one from readings with a gap, one that breaks off, an emoji name and a second member. */
const livedIn = async (): Promise<void> => {
  const lived = { name: '우리집 🏠 <b>', address: '데모로 1', unit: '101동 101호' };
  const own = await householdSealer(world, householdId);
  await world.table.put(placePut(householdId, own, { place: lived, version: 1 }));
  await putPerson(world, 'owner', {
    person: { name: '김하나', email: 'hana@example.com', language: 'ko' },
    version: 0,
  });
  await putMember(world.table, { householdId, sub: 'guest', role: 'member' });
  await putPerson(world, 'guest', { person: { name: 'مها', email: 'maha@example.com', language: 'en' }, version: 0 });
  await putDevice(world.table, householdId, {
    deviceId: 'meter-1',
    kind: 'smart_meter',
    name: 'meter-1',
    label: own.seal('device:meter-1', '우리집 계량기'),
    gateway: HOME.gateway,
    status: 'active',
  });
  await importDays(world, householdId, [total('2026-11-19', 7000)]);
  const start = dayStart('2026-11-20');
  const points = Array.from({ length: 150 }, (_, slot) => slot)
    .filter((slot) => slot < 20 || slot > 24)
    .map((slot) =>
      aPoint({
        ts: start + slot * SLOT_MS,
        seq: slot + 1,
        quantities: { power_w: 400, energy_import_wh: 1000 + slot * 100 },
      }),
    );
  await world.take(aRuleEvent('batch', aBatch(points)));
  for (const date of ['2026-11-20', '2026-11-21']) await aggregateHousehold(world, { householdId, date });
};

describe('the archive of a household', () => {
  it('holds what is kept of it, opened, in files that a person can read', async () => {
    await livedIn();
    const { files } = await exported();
    expect(json(files.get('household/place.json'))).toEqual([
      { name: '우리집 🏠 <b>', address: '데모로 1', unit: '101동 101호' },
    ]);
    expect(json(files.get('household/profile.json'))).toMatchObject([
      { telemetryId: HOME.telemetryId, buildingType: 'apartment' },
    ]);
    expect(json(files.get('household/devices.json'))).toContainEqual(
      expect.objectContaining({ id: 'meter-1', name: '우리집 계량기', kind: 'smart_meter', status: 'active' }),
    );
    expect(json(files.get('person/person.json'))).toMatchObject([{ name: '김하나', email: 'hana@example.com' }]);
    expect(files.get('energy/days.csv')).toMatch(/^date,importWh,.*\n2026-11-19,7000,,,,,,good,imported,0,\d+,/);
    expect(files.get('energy/quarter-hours.csv')).toContain('\n2026-11-20T00:00:00+09:00,100,0,');
    expect(files.get('energy/months.csv')).toContain('\n2026-11,');
    const readings = files.get('readings/meter-1/electrical-2026-11.csv') ?? '';
    expect(readings.split('\n').slice(0, 2)).toEqual([
      'epoch_ms,q,power_w,energy_import_wh',
      `${dayStart('2026-11-20')},0,400,1000`,
    ]);
    expect(readings.trimEnd().split('\n')).toHaveLength(1 + 150 - 5);
    expect([...files.keys()].filter((path) => path.startsWith('readings/'))).toEqual([
      'readings/meter-1/electrical-2026-11.csv',
    ]);
  });

  it('tells the quantities of one moment in one line, empty where nothing was said, and the air apart with flags of its own', async () => {
    const [start, deviceId] = [dayStart('2026-11-20'), 'air-1'];
    const said = (minute: number, q: number, quantities: Quantities) =>
      aPoint({ deviceId, kind: 'environment_sensor', ts: start + minute * 60_000, seq: minute, q, quantities });
    await world.telemetry.write(HOME.telemetryId, [
      said(0, 0, { temperature_cdegc: -250, co2_ppm: 400 }),
      said(1, 2, { co2_ppm: 401 }),
      said(2, 0, { voltage_mv: 3000 }),
    ]);
    const { files } = await exported();
    expect(files.get('readings/air-1/environment-2026-11.csv')).toBe(
      `epoch_ms,q,temperature_cdegc,co2_ppm\n${start},0,-250,400\n${start + 60_000},2,,401\n`,
    );
    expect(files.get('readings/air-1/electrical-2026-11.csv')).toContain(`\n${start + 120_000},0,3000\n`);
  });

  it('reads each month of a device once for each of its histories, however many quantities it told', async () => {
    let calls = 0;
    const counted: TelemetryStore = {
      ...world.telemetry,
      points: (query) => {
        calls += 1;
        return world.telemetry.points(query);
      },
      series: () => Promise.reject(new Error('an archive asks for no single quantity')),
    };
    const { exportId } = await startExport(deps(), OWNER);
    expect(await exportHousehold({ ...world, telemetry: counted }, { householdId, exportId })).toBe('ready');
    // 365 days touch 13 months, 90 days four
    expect(calls).toBe((await listDevices(world.table, householdId)).length * (13 + 4));
  });

  it('has an index in Korean and English without a script, whose name cannot break out of it', async () => {
    await livedIn();
    const { files } = await exported();
    const page = files.get('index.html') ?? '';
    expect(page).toContain('<h1 dir="auto">우리집 🏠 &lt;b&gt;</h1>');
    expect(page).toMatch(/lang="ko".*lang="en"/);
    expect(page).not.toMatch(/<script|javascript:|onload|https?:/);
    for (const path of files.keys())
      expect(
        path === 'index.html' || CONTENTS.some((row) => path === row.path || path.startsWith(row.path)),
        path,
      ).toBe(true);
  });

  it('names the other members and tells nothing else of them', async () => {
    await livedIn();
    const { files } = await exported();
    expect(json(files.get('household/members.json'))).toEqual([
      { personId: 'guest', name: 'مها', role: 'member', isSelf: false },
      { personId: 'owner', name: '김하나', role: 'owner', isSelf: true },
    ]);
    for (const [path, text] of files) expect(text, path).not.toContain('maha@example.com');
    const theirs = await exported({ householdId, sub: 'guest', role: 'member' });
    expect(json(theirs.files.get('person/person.json'))).toMatchObject([{ email: 'maha@example.com' }]);
    for (const [path, text] of theirs.files) expect(text, path).not.toContain('hana@example.com');
  });

  it('of a household that has used everything opens all that is sealed in it, and tells no address that an owner invited', async () => {
    await fillHousehold(world, world.objects);
    const identity = { read: async (sub: string) => ({ sub, email: PLANTED.email, emailVerified: true }) };
    const gone = async () => undefined;
    const inviting = {
      ...world,
      identity: { read: identity.read, signOut: gone, delete: gone },
      mailer: { send: gone },
      newToken: () => 't'.repeat(43),
      webUrl: 'https://hems.example',
    };
    const invited = { email: 'invited@example.com', role: 'member' } as const;
    await inviteMember(inviting, RESIDENT, invited);
    const target = { endpoint: 'https://push.example.com/1', p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) };
    await putPushTarget(world, RESIDENT.sub, { target, nowMs: NOON });
    const { files } = await exported(RESIDENT);
    expect(json(files.get('household/invitations.json'))).toEqual([
      expect.objectContaining({ role: 'member', state: 'open', by: RESIDENT.sub }),
    ]);
    expect(json(files.get('household/place.json'))).toMatchObject([{ name: PLANTED.name, address: PLANTED.address }]);
    expect(files.get('person/push-targets.json')).toContain('https://push.example.com/1');
    const all = [...files.values()].join('\n');
    expect(all).not.toContain(invited.email);
    // a sealed field is {v, iv, text, tag}
    expect(all).not.toMatch(/"tag":/);
  });

  it('says the grid import as Green Button, which an import reads back to the Wh: the gap estimated, the missing hours missing', async () => {
    await livedIn();
    const { files } = await exported();
    const refused = refusals();
    const bytes = Buffer.from(files.get('energy/green-button.xml') ?? '');
    const chunks = (async function* () {
      yield bytes;
    })();
    const history = await readHistory(world.reader, chunks, refused);
    expect(history.days.map(({ date, importWh, quality }) => [date, importWh, quality])).toEqual([
      ['2026-11-19', 7000, 'good'],
      ['2026-11-20', 9600, 'estimated'],
    ]);
    expect(refused.first.map(({ code, reason }) => [code, reason])).toEqual([
      // drawn, and fed in
      ['missing-hours', expect.stringMatching(/^2026-11-21: 10\.\d+ of 24 hours are missing$/)],
      ['missing-hours', expect.stringMatching(/^2026-11-21: 10\.\d+ of 24 hours are missing$/)],
    ]);
  });

  it('says the energy of each day once as Green Button, by the quarter hour or as a total, so that all of it adds up', async () => {
    await livedIn();
    const { files } = await exported();
    const feed = files.get('energy/green-button.xml') ?? '';
    const seriesWh = [1, 3].map((number) =>
      [...feed.matchAll(new RegExp(`rel="up" href="[^"]*/MeterReading/${number}/IntervalBlock".*`, 'g'))]
        .flatMap(([block]) => [...block.matchAll(/<value>(\d+)</g)])
        .reduce((sum, [, wh]) => sum + Number(wh), 0),
    );
    const quarters = (files.get('energy/quarter-hours.csv') ?? '').trimEnd().split('\n').slice(1);
    const drawnWh = quarters.reduce((sum, row) => sum + Number(row.split(',')[1]), 0);
    expect(drawnWh).toBeGreaterThan(9600);
    expect(seriesWh).toEqual([drawnWh, 7000]);
  });

  it('has the messages of the own devices that were kept out, and asks for no other home’s', async () => {
    await world.take(aRuleEvent('batch', 'no json'));
    await world.take(aRuleEvent('batch', 'nor this', { household: 't-2' }));
    const queries: unknown[] = [];
    const { table } = world;
    const query: FilesWorld['table']['query'] = async (asked) => {
      if (asked.table === 'operations') queries.push(asked.value);
      return await table.query(asked);
    };
    world = { ...world, table: { ...table, query } };
    const kept = json((await exported()).files.get('readings/kept-out.json'));
    expect(kept).toMatchObject([{ event: { household: HOME.telemetryId } }]);
    expect(new Set(queries)).toEqual(new Set([`Q#${HOME.telemetryId}`]));
  });

  it('tells how far it is, and is ready for the one who asked: a link for an hour, an archive for seven days', async () => {
    await livedIn();
    const { exportId, bytes } = await exported();
    const report = await readExport(world, OWNER, exportId);
    expect(exportReport.parse(report)).toMatchObject({
      state: 'ready',
      bytes,
      expiresMs: NOON + 7 * DAY_MS,
      problem: null,
    });
    expect(report.writtenFiles).toBe(report.totalFiles);
    const token = report.downloadUrl?.split('/').at(-1) ?? '';
    expect(world.links.openRead(token)).toMatchObject({ fileName: 'hems-2026-11-22.zip', untilMs: NOON + 3_600_000 });
    expect(await listExports(world, { householdId, sub: 'guest', role: 'member' })).toMatchObject([
      { state: 'ready', downloadUrl: null },
    ]);
    expect(await readExport(world, { ...OWNER, role: 'viewer' }, exportId)).toMatchObject({
      state: 'ready',
      downloadUrl: null,
    });
    world.clock.set(NOON + 7 * DAY_MS);
    expect(await readExport(world, OWNER, exportId)).toMatchObject({ state: 'gone', downloadUrl: null });
  });
});

describe('writing an archive', () => {
  it('is for owners and members, three times a day each', async () => {
    await expect(startExport(deps(), { ...OWNER, role: 'viewer' })).rejects.toMatchObject({ kind: 'forbidden' });
    for (let times = 0; times < 3; times += 1) await startExport(deps(), OWNER);
    await expect(startExport(deps(), OWNER)).rejects.toMatchObject({ kind: 'too-many' });
    expect(sent).toHaveLength(3);
    await expect(startExport(deps(), { householdId, sub: 'guest', role: 'member' })).resolves.toBeDefined();
  });

  it('is done once, however often the queue tells', async () => {
    const { exportId } = await exported();
    expect(await exportHousehold(world, { householdId, exportId })).toBe('over');
  });

  it('that broke off begins anew; one that nobody takes up again is told as failed', async () => {
    const { exportId } = await startExport(deps(), OWNER);
    const broken = {
      ...world,
      objects: { ...world.objects, putStream: async () => Promise.reject(new Error('away')) },
    };
    await expect(exportHousehold(broken, { householdId, exportId })).rejects.toThrow('away');
    expect(await readExport(world, OWNER, exportId)).toMatchObject({ state: 'writing' });
    world.clock.set(NOON + 30 * 60_000 + 1);
    expect(await readExport(world, OWNER, exportId)).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/begin again/),
    });
    expect(await exportHousehold(world, { householdId, exportId })).toBe('ready');
  });

  it('does not become ready for a household that is erased meanwhile', async () => {
    const { exportId } = await startExport(deps(), OWNER);
    const putStream: FilesWorld['objects']['putStream'] = async (key, body) => {
      await world.objects.putStream(key, body);
      await world.table.delete({ table: 'homes', pk: `H#${householdId}`, sk: `EXPORT#${exportId}` });
    };
    const erasing = { ...world, objects: { ...world.objects, putStream } };
    expect(await exportHousehold(erasing, { householdId, exportId })).toBe('taken-over');
    expect(await readKept(world.table, { householdId, exportId })).toBeUndefined();
  });

  it('by two calls at once is ended by one of them', async () => {
    const { exportId } = await startExport(deps(), OWNER);
    const fates = await Promise.all([1, 2].map(() => exportHousehold(world, { householdId, exportId })));
    expect(fates.toSorted()).toEqual(['ready', 'taken-over']);
    expect(await readExport(world, OWNER, exportId)).toMatchObject({ state: 'ready' });
  });

  it('writes nothing for somebody who has left', async () => {
    const { exportId } = await startExport(deps(), { householdId, sub: 'gone', role: 'member' });
    expect(await exportHousehold(world, { householdId, exportId })).toBe('no-member');
    expect(await world.objects.list('exports/')).toEqual([]);
  });
});
