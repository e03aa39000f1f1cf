import { embeddedKeys } from '../../adapters/embedded/keys.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addDays, dayNumber, dayStart, localDate } from '@hems/models/calendar/seoul';
import { originDateOf } from '@hems/models/household/origin-date';
import { commandResult, type CommandResult } from '@hems/shared/events/commands';
import type { RuleEvent } from '@hems/shared/events/rules';
import type { Usage } from '@hems/shared/api/usage';
import { blocksTelemetryStore } from '../../adapters/blocks/telemetry-store.ts';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import type { Queue } from '../../ports/queue.ts';
import { pause } from '../../runtime/ports.ts';
import { directory } from '../../use-cases/directory.ts';
import { ingest } from '../../use-cases/ingest/ingest.ts';
import { readUsage } from '../../use-cases/read-usage.ts';
import { readHours } from '../../use-cases/stores/hours.ts';
import { listDevices, readProfile } from '../../use-cases/stores/households.ts';
import { readLiveStates } from '../../use-cases/stores/live.ts';
import { startBroker } from '../broker/broker.ts';
import { uplink } from '../broker/uplink.ts';
import { openAuthority } from '../ca/authority.ts';
import { deviceRegistry } from '../ca/device-registry.ts';
import { liveSessions } from '../ca/sessions.ts';
import { settableClock, systemClock } from '../clock.ts';
import { replayStartMs } from './replay-clock.ts';
import { startDemo, type DemoOptions } from './start-demo.ts';

const noDeadLetters: Queue['send'] = async (body) => {
  throw new Error(`not expected: ${body}`);
};

/** The local host as far as devices notice it: broker, registry, ingest, tables; everything in `folder`. */
const aHost = async (folder: string, options: DemoOptions) => {
  const clock = options.replay === undefined ? systemClock : settableClock(await replayStartMs(folder, options.days));
  const database = openDatabase(join(folder, 'hems.sqlite'));
  const table = sqliteTable({ database, clock });
  const keys = embeddedKeys(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2));
  const authority = await openAuthority(join(folder, 'ca'), systemClock);
  const sessions = liveSessions();
  const registry = deviceRegistry({ table, authority, sessions });
  const deps = {
    table,
    telemetry: blocksTelemetryStore(table, pause),
    readingHistory: 'ours',
    bus: { publish: async () => undefined },
    directory: directory(table, clock),
    clock,
    pause,
  } as const;
  const taken = {
    messages: [] as RuleEvent[],
    health: [] as RuleEvent[],
    quarantined: 0,
    results: [] as CommandResult[],
    said: [] as string[],
  };
  const say = (line: string): void => void taken.said.push(line);
  const broker = await startBroker({
    registry,
    sessions,
    claimCertificateId: '',
    presence: async () => undefined,
    hook: async () => ({ allowProvisioning: false }),
    server: await authority.issueServer(),
    caPem: authority.caPem,
    port: 0,
    uplink: uplink({
      ingest: async (events) => {
        taken.quarantined += (await ingest(deps, events)).quarantined;
        taken.messages.push(...events);
      },
      commandResult: async (events) => {
        for (const { payload } of events)
          taken.results.push(commandResult.parse(JSON.parse(Buffer.from(payload, 'base64').toString())));
      },
      health: async (events) => void taken.health.push(...events),
      deadLetters: { send: noDeadLetters } as Queue,
      say,
    }),
    clock,
    say,
  });
  const brokerUrl = { host: '127.0.0.1', port: broker.port, caPem: authority.caPem };
  const demo = await startDemo({ table, keys, registry, clock, brokerUrl, options, dataDir: folder, say });
  return {
    ...demo,
    taken,
    table,
    clock,
    channel: broker.channel,
    usage: (householdId: string, grain: 'hour' | 'day' | 'month', from: string, to: string): Promise<Usage> =>
      readUsage({ table, clock }, { householdId, grain, from, to }),
    close: async () => {
      await demo.stop();
      await broker.close();
      await database.close();
    },
  };
};

const soon = { timeout: 20_000, interval: 25 };
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-demo-'));
});
afterEach(async () => await rm(folder, { recursive: true }));

describe('the demo households', () => {
  test('report live at once, send their history behind it, obey orders, fall silent, and go on after a restart', async () => {
    const host = await aHost(folder, { days: 1 });
    const today = localDate(Date.now());
    const [householdId = ''] = host.residents[0]!.households;
    expect(host.residents.map(({ email, households }) => `${email} ${households.length}`)).toEqual([
      'demo1@example.com 2',
      'demo2@example.com 1',
      'demo3@example.com 1',
      'demo4@example.com 1',
      'demo5@example.com 1',
      'demo6@example.com 1',
    ]);

    const devices = await listDevices(host.table, householdId);
    await vi.waitFor(
      async () => expect((await readLiveStates(host.table, householdId)).size).toBe(devices.length),
      soon,
    );

    // each gateway says which software it runs once it has connected
    await vi.waitFor(() => expect(new Set(host.taken.health.map(({ gateway }) => gateway)).size).toBe(6), soon);

    // history: yesterday is whole, and the months before come as totals
    await vi.waitFor(async () => {
      const { intervals } = await host.usage(householdId, 'day', addDays(today, -1), addDays(today, -1));
      expect(intervals[0]?.missingSlots).toBe(0);
      expect(intervals[0]?.loadWh).toBeGreaterThan(4000);
    }, soon);
    const longAgo = `${addDays(today, -760).slice(0, 7)}-01`;
    await vi.waitFor(async () => {
      const { intervals } = await host.usage(householdId, 'month', longAgo, addDays(longAgo, 27));
      expect(intervals[0]?.loadWh).toBeGreaterThan(200_000);
      expect(intervals[0]?.quality).toBe('estimated');
    }, soon);
    expect(host.taken.quarantined).toBe(0);

    // an order of the cloud: the plug is switched off, and says so
    const profile = (await readProfile(host.table, householdId))!;
    const plug = devices.find(({ kind }) => kind === 'smart_plug')!;
    const address = { household: profile.telemetryId, gateway: plug.gateway };
    const nowMs = Date.now();
    const envelope = { v: 1, issued_at: nowMs, expires_at: nowMs + 60_000 } as const;
    await host.channel.send(address, {
      ...envelope,
      cmd_id: 'off',
      device: plug.deviceId,
      action: 'switch',
      params: { on: false },
    });
    await host.channel.send(address, {
      ...envelope,
      cmd_id: 'fast',
      action: 'report-every',
      params: { seconds: 1, until: nowMs + 60_000 },
    });
    // two orders at a time are answered side by side, each of them step by step
    const answers = (id: string): string[] =>
      host.taken.results.filter(({ cmd_id }) => cmd_id === id).map(({ state }) => state);
    await vi.waitFor(() => {
      expect(answers('off')).toEqual(['accepted', 'applied', 'verified']);
      expect(answers('fast')).toEqual(['accepted', 'applied']);
    }, soon);
    const heardMs = async (deviceId: string): Promise<number> =>
      (await readLiveStates(host.table, householdId)).get(deviceId)!.ts;
    await vi.waitFor(async () => expect(await heardMs(plug.deviceId)).toBeGreaterThan(nowMs), soon);

    // a device falls silent while its neighbours go on
    host.silence(plug.deviceId);
    const meter = devices.find(({ kind }) => kind === 'smart_meter')!;
    const quietMs = await heardMs(plug.deviceId);
    await vi.waitFor(async () => expect(await heardMs(meter.deviceId)).toBeGreaterThan(quietMs + 1000), soon);
    expect(await heardMs(plug.deviceId)).toBeLessThanOrEqual(quietMs + 1000);
    const meterBefore = (await readLiveStates(host.table, householdId)).get(meter.deviceId)!;
    await host.close();

    const next = await aHost(folder, { days: 1 });
    await vi.waitFor(
      async () =>
        expect((await readLiveStates(next.table, householdId)).get(meter.deviceId)!.boot).toBe(meterBefore.boot + 1),
      soon,
    );
    const meterAfter = (await readLiveStates(next.table, householdId)).get(meter.deviceId)!;
    expect(meterAfter.quantities.energy_import_wh).toBeGreaterThanOrEqual(meterBefore.quantities.energy_import_wh!);
    expect(next.taken.quarantined).toBe(0);
    expect(next.taken.said).toEqual([]);
    await next.close();
  }, 60_000);
});

describe('a replayed home', () => {
  const HEAD =
    'home,source,country,tz,clock,start,end,hours,missing_pct,zero_pct,mean_kwh,max_kwh,month_kwh,cols,bytes,note';
  const today = localDate(Date.now());
  const FIRST = addDays(today, -400 - 364 * 3);
  /** 420 days; the hours 3, 4 and 17 are missing every third day. */
  const isMissing = (day: number, hour: number): boolean => day % 3 === 0 && [3, 4, 17].includes(hour);
  const kwhOf = (day: number, hour: number): number =>
    Math.round(10_000 * (0.2 + ((day * 7 + hour * 13) % 29) / 13)) / 10_000;
  const pvOf = (hour: number): number => (hour > 6 && hour < 19 ? 1.37 : 0);
  const rows = Array.from({ length: 420 * 24 }, (_, index) => {
    const [day, hour] = [Math.floor(index / 24), index % 24];
    const stamp = `${addDays(FIRST, day)}T${String(hour).padStart(2, '0')}:00`;
    return isMissing(day, hour) ? `${stamp},,` : `${stamp},${kwhOf(day, hour)},${pvOf(hour)}`;
  });

  beforeEach(async () => {
    await writeFile(
      join(folder, 'HOMES.csv'),
      `${HEAD}\nhome1,test,France,Europe/Paris,wall,,,,,,,,700,load_kwh+pv_kwh,1,\n`,
    );
    await writeFile(join(folder, 'home1.csv.gz'), gzipSync(`ts,load_kwh,pv_kwh\n${rows.join('\n')}`));
  });

  test('lives through its last days in simulated time: each day has its energy to 1 Wh and its missing hours are missing', async () => {
    const host = await aHost(folder, { replay: folder, homes: ['home1'], scale: 1, days: 3 });
    await host.ready;
    const [householdId = ''] = host.residents[0]!.households;
    const range = [addDays(today, -3), addDays(today, -1)] as const;
    const { intervals } = await host.usage(householdId, 'day', ...range);
    expect(intervals).toHaveLength(3);
    for (const { origin, loadWh, solarWh, missingSlots, quality } of intervals) {
      const day = dayNumber(origin!.date) - dayNumber(FIRST);
      const hours = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => !isMissing(day, hour));
      expect(
        Math.abs(loadWh! - Math.round(1000 * hours.reduce((sum, hour) => sum + kwhOf(day, hour), 0))),
      ).toBeLessThanOrEqual(1);
      expect(
        Math.abs(solarWh! - Math.round(1000 * hours.reduce((sum, hour) => sum + pvOf(hour), 0))),
      ).toBeLessThanOrEqual(1);
      expect(missingSlots).toBe(4 * (24 - hours.length));
      expect(quality).toBe('estimated');
      expect(origin).toMatchObject({ home: 'home1', country: 'France' });
    }
    const { intervals: hours } = await host.usage(householdId, 'hour', ...range);
    for (const { label, origin, quality } of hours) {
      const missing = isMissing(dayNumber(origin!.date) - dayNumber(FIRST), Number(label.slice(11, 13)));
      expect(quality, label).toBe(missing ? 'missing' : 'estimated');
    }
    // the year before is there with its hours, but for the days of which one is missing
    const past = await readHours(host.table, householdId, ['2000-01-01', addDays(range[0], -1)]);
    expect(past.length).toBeGreaterThan(90);
    expect(past.length).toBeLessThan(395);
    const last = past.at(-1)!;
    const profile = await readProfile(host.table, householdId);
    if (profile?.origin?.type !== 'replayed') throw new Error('no replayed home');
    const recorded = dayNumber(originDateOf(profile.origin, last.date)) - dayNumber(FIRST);
    for (const [hour, loadWh] of last.loadWh.entries())
      expect(Math.abs(loadWh! - 1000 * kwhOf(recorded, hour))).toBeLessThanOrEqual(1);
    // every message came at a possible time of the host's own clock
    expect(host.taken.quarantined).toBe(0);
    expect(host.taken.messages.every(({ received }) => received <= Date.now())).toBe(true);
    expect(Math.min(...host.taken.messages.map(({ received }) => received))).toBe(dayStart(range[0]));
    await vi.waitFor(() => expect(Math.abs(host.clock.now() - Date.now())).toBeLessThan(500), soon);
    expect(await readProfile(host.table, householdId)).toMatchObject({ origin: { type: 'replayed', scale: 1 } });
    await host.close();

    // the next start goes on where this one ended; another scale would break the registers
    await expect(aHost(folder, { replay: folder, homes: ['home1'], scale: 'auto' })).rejects.toThrow(
      'home1 is replayed at scale 1',
    );
    const next = await aHost(folder, { replay: folder, homes: ['home1'] });
    await next.ready;
    expect(await next.usage(householdId, 'day', ...range)).toMatchObject({ intervals });
    await next.close();
  }, 60_000);

  test('runs at the pace that is asked for, minute by minute', async () => {
    const host = await aHost(folder, { replay: folder, homes: ['home1'], days: 1, speed: 6000 });
    const beganMs = host.clock.now();
    const began = Date.now();
    await vi.waitFor(() => expect(host.clock.now()).toBeGreaterThan(beganMs + 30 * 60_000), soon);
    const pace = (host.clock.now() - beganMs) / (Date.now() - began);
    expect(pace).toBeLessThan(6600);
    expect(new Set(host.taken.messages.slice(0, 20).map(({ received }) => received)).size).toBeGreaterThanOrEqual(9);
    await host.close();
  }, 60_000);
});
