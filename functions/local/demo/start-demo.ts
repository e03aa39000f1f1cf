import { once } from 'node:events';
import { addDays, localDate } from '@hems/models/calendar/seoul';
import type { HomeDay } from '@hems/models/testing/home-days';
import type { Clock } from '../../ports/clock.ts';
import type { DeviceRegistry } from '../../ports/device-registry.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Table } from '../../ports/table.ts';
import { pause } from '../../runtime/ports.ts';
import { importDays } from '../../use-cases/import-days.ts';
import { Refused } from '../../use-cases/refusal.ts';
import { gatewayOf, settle, type DemoHome } from './demo-home.ts';
import { startDevices, type Devices } from './devices.ts';
import { DEMO_RESIDENTS, type Resident } from './households.ts';
import type { BrokerUrl } from './mqtt-session.ts';
import { refreshNeighbours } from './neighbours.ts';
import { HISTORY_DAYS } from './owed.ts';
import { joinPastChallenges, settlePastChallenges } from './past-challenges.ts';
import type { Speed } from './race.ts';
import { bringSavingEvents } from './saving-events.ts';
import { simulatedTime } from './replay-clock.ts';
import { replayedHomes, type ReplayOptions } from './replayed-homes.ts';
import { simulatedHomes } from './simulated-homes.ts';
import type { Work } from './worker-messages.ts';

export type DemoOptions = Omit<ReplayOptions, 'folder'> & {
  /** folder of recorded homes that live instead of the simulated ones */
  readonly replay?: string;
  /** whole days of history before today */
  readonly days?: number;
  /** of simulated time, in a replay; default max */
  readonly speed?: Speed;
};

export type DemoParts = {
  readonly table: Table;
  readonly keys: Keys;
  readonly registry: DeviceRegistry;
  /** a replay sets the time: its clock has to be able to, and to begin at `replayStartMs` */
  readonly clock: Clock & { advanceTo?(ms: number): void };
  readonly brokerUrl: BrokerUrl;
  readonly options: DemoOptions;
  readonly dataDir: string;
  readonly say: (line: string) => void;
};

export type Demo = Devices & {
  /** who can sign in, with the households of each */
  readonly residents: readonly (Resident & { readonly households: readonly string[] })[];
};

const residentsOf = (homes: readonly DemoHome[]): Demo['residents'] =>
  DEMO_RESIDENTS.map((resident) => ({
    ...resident,
    households: homes
      .filter(({ members }) => members.some(({ sub }) => sub === resident.sub))
      .map(({ householdId }) => householdId),
  })).filter(({ households }) => households.length > 0);

/** Of a home that was erased while its past was on its way nothing is kept, and the others go on. */
export const importTotals = async (
  parts: Pick<DemoParts, 'table' | 'clock' | 'say'>,
  householdId: string,
  totals: readonly HomeDay[],
): Promise<void> => {
  const days = totals.map((day) => ({ ...day, quality: 'estimated' as const, source: 'simulated' as const }));
  const { refused } = await importDays(parts, householdId, days).catch((error: unknown) => {
    if (!(error instanceof Refused && error.kind === 'not-found')) throw error;
    parts.say(`a demo home was erased while its past came in: ${householdId}`);
    return { refused: [] };
  });
  const [first] = refused;
  if (first)
    throw new Error(`${refused.length} daily totals were refused, the first of ${first.date}: ${first.reason}`);
};

/** Households, residents and devices to try the platform with: six simulated homes, or recorded ones that live again. */
export const startDemo = async (parts: DemoParts): Promise<Demo> => {
  const { clock, options, brokerUrl: broker, say } = parts;
  const { replay: folder, days = HISTORY_DAYS, speed = 'max' } = options;
  const startMs = clock.now();
  const homes =
    folder === undefined ? simulatedHomes(startMs, days) : await replayedHomes(parts, { ...options, folder }, startMs);
  await Promise.all(homes.map((home) => settle(parts, home)));
  const gateways = (await Promise.all(homes.map((home) => gatewayOf(parts, home)))).filter((one) => one !== undefined);
  const householdOf = new Map(homes.map(({ gateway, householdId }) => [gateway, householdId]));

  const time = folder === undefined ? undefined : simulatedTime(parts);
  const work: Work = {
    broker,
    gateways,
    aheadMs: time ? 0 : startMs - Date.now(),
    ...(time && { replay: { startMs, speed } }),
  };
  const devices = startDevices(work, {
    say,
    advanceTo: async (ms) => await time?.advanceTo(ms),
    present: () => time?.follow(),
    takeTotals: async (gateway, totals) => await importTotals(parts, householdOf.get(gateway) ?? '', totals),
  });
  const neighbours = folder === undefined ? neighboursAfter(devices, parts) : undefined;
  return {
    ...devices,
    ready: neighbours?.ready ?? devices.ready,
    residents: residentsOf(homes),
    stop: async () => {
      await devices.stop();
      await neighbours?.stop();
      await time?.stop();
    },
  };
};

/** The neighbours, and what the flat earned, are brought up to yesterday once the devices have sent what is past. */
const neighboursAfter = (
  { ready: devicesReady }: Devices,
  { table, clock, say }: DemoParts,
): Pick<Demo, 'ready' | 'stop'> => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = once(signal, 'abort');
  const ready = Promise.withResolvers<void>();
  const refresh = async (): Promise<void> => {
    await Promise.race([devicesReady, stopped]);
    const past = { table, pause, clock, signal };
    await joinPastChallenges(past);
    await refreshNeighbours({ table, pause, signal }, addDays(localDate(clock.now()), -1));
    await settlePastChallenges(past);
    await bringSavingEvents(past);
  };
  const settled = refresh().then(ready.resolve, (error: unknown) => {
    if (signal.aborted) return;
    say(
      `the demo neighbours and challenges are not up to date: ${error instanceof Error ? error.message : String(error)}; start again`,
    );
    ready.reject(error instanceof Error ? error : new Error(String(error)));
  });
  // told by `say`
  ready.promise.catch(() => undefined);
  return {
    ready: ready.promise,
    stop: async () => {
      stopping.abort();
      await settled;
    },
  };
};
