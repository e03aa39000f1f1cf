import { join } from 'node:path';
import { DAY_MS, localDate, SLOT_MS } from '@hems/models/calendar/seoul';
import { blocksTelemetryStore } from '../../adapters/blocks/telemetry-store.ts';
import { openDatabase, type Database } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import type { RuleEvent } from '@hems/shared/events/rules';
import type { Table } from '../../ports/table.ts';
import { directory } from '../../use-cases/directory.ts';
import { ingest } from '../../use-cases/ingest/ingest.ts';
import { readUsage } from '../../use-cases/read-usage.ts';
import { canonicalJson } from '../../use-cases/canonical-hash.ts';
import { newGateway } from '../../use-cases/stores/gateways.ts';
import { putDevice, putProfile } from '../../use-cases/stores/households.ts';
import { systemClock } from '../clock.ts';
import type { Message, ReadingHome, Told } from './meter-story.ts';

export type Heard = { readonly home: ReadingHome; readonly message: Message };

const AT_ONCE = 200;

/** The home, its gateway and both of its devices. */
export const enterMeters = async (
  table: Table,
  { householdId, telemetryId, gateway, meter, solar }: ReadingHome,
): Promise<void> => {
  await putProfile(table, { householdId, telemetryId, buildingType: 'apartment' });
  await table.put(newGateway({ householdId, gateway }));
  for (const [deviceId, kind] of [
    [meter, 'smart_meter'],
    [solar, 'solar_inverter'],
  ] as const)
    await putDevice(table, householdId, { deviceId, kind, name: kind, gateway, status: 'active' });
};

/** What lies between the devices and the store; without it, nothing ever happens to a message. */
type Line = {
  /** the host's time, epoch ms */
  readonly nowMs?: number;
  readonly through?: (table: Table) => Table;
  readonly deliver?: (
    events: readonly RuleEvent[],
    take: (events: readonly RuleEvent[]) => Promise<unknown>,
  ) => Promise<unknown>;
  /** messages that are handed over together */
  readonly atOnce?: number;
};

/** A host that hears the messages in their order; undisturbed, unless the line says otherwise. */
export const fedHost = async (
  heard: readonly Heard[],
  {
    nowMs = systemClock.now(),
    through = (table) => table,
    deliver = async (events, take) => await take(events),
    atOnce = AT_ONCE,
  }: Line = {},
): Promise<{ readonly table: Table; readonly database: Database }> => {
  const clock = { now: () => nowMs };
  const database = openDatabase(':memory:');
  const table = sqliteTable({ database, clock });
  const homes = new Map(heard.map(({ home }) => [home.householdId, home]));
  for (const home of homes.values()) await enterMeters(table, home);
  const pause = async (): Promise<void> => undefined;
  const faulty = through(table);
  const deps = {
    table: faulty,
    telemetry: blocksTelemetryStore(faulty, pause),
    directory: directory(table, clock),
    readingHistory: 'ours',
    clock,
    pause,
    bus: { publish: async () => undefined },
  } as const;
  const events = heard.map(({ home, message: { channel, payload } }) => ({
    channel,
    correlation: 'undisturbed-host',
    household: home.telemetryId,
    gateway: home.gateway,
    received: nowMs,
    payload: Buffer.from(payload).toString('base64'),
  }));
  for (let from = 0; from < events.length; from += atOnce)
    await deliver(events.slice(from, from + atOnce), async (some) => await ingest(deps, some));
  return { table, database };
};

export const slotsOf = async (table: Table, { householdId }: ReadingHome): Promise<Map<string, string>> => {
  const { items } = await table.query({ table: 'energy', value: `H#${householdId}`, prefix: 'S#' });
  return new Map(items.map(({ sk, data }) => [sk, canonicalJson(data)]));
};

/** Quarter hours as the app is told them. */
export const usageOf = async (table: Table, { householdId, fromMs }: ReadingHome, toMs: number) =>
  (
    await readUsage(
      { table, clock: { now: () => toMs } },
      { householdId, grain: '15min', from: localDate(fromMs), to: localDate(toMs) },
    )
  ).intervals;

type Interval = Awaited<ReturnType<typeof usageOf>>[number];

/** By device and time: where its registers stood, as the gateway made them and nothing of the platform read them. */
const registersOf = (heard: readonly Heard[]): Map<string, Told> =>
  new Map(heard.flatMap(({ message }) => message.points.map((one) => [`${one.deviceId}@${one.ts}`, one])));

/**
 * Rule 3, with the story's own figures: what a quarter hour took from the grid, gave to it and generated is what the registers moved by between
 * the readings at its two ends, and the home used grid in + solar - grid out. Of quarter hours with both ends heard.
 */
export const registerDifferences = (
  usage: readonly Interval[],
  home: ReadingHome,
  heard: readonly Heard[],
): { readonly compared: number; readonly differs: readonly string[] } => {
  const registers = registersOf(heard);
  let compared = 0;
  const differs = usage.flatMap((one) => {
    const [meter, meterEnd] = [one.startMs, one.endMs].map((ts) => registers.get(`${home.meter}@${ts}`));
    const [solar, solarEnd] = [one.startMs, one.endMs].map((ts) => registers.get(`${home.solar}@${ts}`));
    if (!meter || !meterEnd || !solar || !solarEnd) return [];
    compared += 1;
    const importWh = (meterEnd.importWh ?? 0) - (meter.importWh ?? 0);
    const [exportWh, solarWh] = [meterEnd.exportWh - meter.exportWh, solarEnd.exportWh - solar.exportWh];
    const told = [importWh, exportWh, solarWh, Math.max(0, importWh + solarWh - exportWh)].join();
    return told === [one.importWh, one.exportWh, one.solarWh, one.loadWh].join() ? [] : [one.label];
  });
  return { compared, differs };
};

type Both = { readonly table: Table; readonly other: Table; readonly heard: readonly Heard[] };
const differencesOf = async ({ table, other, heard }: Both, home: ReadingHome): Promise<string[]> => {
  const [slots, same] = [await slotsOf(table, home), await slotsOf(other, home)];
  const differs = [...same].filter(([key, data]) => slots.get(key) !== data);
  const more = [...slots.keys()].filter((key) => !same.has(key));
  const toMs = home.fromMs + 5 * DAY_MS;
  const usage = await usageOf(table, home, Math.min(toMs, systemClock.now()));
  const { compared, differs: wrong } = registerDifferences(usage, home, heard);
  const told = heard
    .filter((one) => one.home.householdId === home.householdId)
    .flatMap(({ message }) => message.points);
  const isTold = told.some(({ ts }) => ts >= home.fromMs + 2 * SLOT_MS);
  return [
    ...(differs.length + more.length > 0
      ? [
          `home ${home.index}: ${differs.length} quarter hours differ from those of an undisturbed host, ${more.length} are too many`,
        ]
      : []),
    ...(wrong.length > 0
      ? [`home ${home.index}: ${wrong.length} quarter hours are not what the registers moved by, the first ${wrong[0]}`]
      : []),
    ...(isTold && compared === 0 ? [`home ${home.index}: no quarter hour could be held against its registers`] : []),
  ];
};

/** Where the quarter hours of the folder differ from those of the undisturbed host, and where energy does not balance. */
export const usageDifferences = async (folder: string, heard: readonly Heard[]): Promise<string[]> => {
  const reference = await fedHost(heard);
  const database = openDatabase(join(folder, 'hems.sqlite'));
  const table = sqliteTable({ database, clock: systemClock });
  const homes = new Map(heard.map(({ home }) => [home.householdId, home]));
  const found: string[] = [];
  for (const home of homes.values())
    found.push(...(await differencesOf({ table, other: reference.table, heard }, home)));
  await Promise.all([database.close(), reference.database.close()]);
  return found;
};
