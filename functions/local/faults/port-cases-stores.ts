import { DAY_MS } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import type { Runs } from '../../ports/runs.ts';
import { ConditionFailed } from '../../ports/table.ts';
import { aSettling } from '../../testing/ledger.ts';
import { bothBalances } from '../../use-cases/audit-balances.ts';
import { aReading, aRuleEvent, aWorld, HOME, NOON, type World } from '../../testing/world.ts';
import { ingest } from '../../use-cases/ingest/ingest.ts';
import { Refused } from '../../use-cases/refusal.ts';
import { freezeDay } from '../../use-cases/runs/freeze-day.ts';
import { startRun } from '../../use-cases/runs/start-run.ts';
import { settle } from '../../use-cases/stores/ledger.ts';
import { type PortCase, householdId, MINUTE_MS } from './port-trial.ts';

const READINGS = [0, 5, 20].map((minute, seq) =>
  aRuleEvent(
    'reading',
    aReading(
      aPoint({
        ts: NOON - 40 * MINUTE_MS + minute * MINUTE_MS,
        seq,
        quantities: { power_w: 600, energy_import_wh: 1000 + minute * 10 },
      }),
    ),
  ),
);

/** Quarter hours, history and live state. */
const ingested = async ({ table, telemetry }: World) => {
  const { items } = await table.query({ table: 'energy', value: `H#${householdId}` });
  const series = {
    household: HOME.telemetryId,
    deviceId: 'meter-1',
    kind: 'smart_meter',
    quantity: 'power_w',
  } as const;
  return [
    items.map(({ sk, data }) => ({ sk, data })),
    await telemetry.series({ ...series, fromMs: NOON - DAY_MS, toMs: NOON + DAY_MS }),
  ];
};

/** Ports that keep what the platform knows, and that carry out its runs. */
export const STORE_CASES: Readonly<Record<string, PortCase>> = {
  table: {
    does: 'takes readings into their quarter hours',
    open: async (through) => {
      const world = await aWorld();
      const deps = { ...world.deps, table: through(world.table) };
      return { act: async () => await ingest(deps, READINGS), state: async () => await ingested(world) };
    },
  },
  'telemetry-store': {
    does: 'keeps the history of readings',
    open: async (through) => {
      const world = await aWorld();
      const deps = { ...world.deps, telemetry: through(world.telemetry) };
      return { act: async () => await ingest(deps, READINGS), state: async () => await ingested(world) };
    },
  },
  pause: {
    does: 'waits when another writer of the ledger was faster',
    open: async (through) => {
      const world = await aWorld();
      let races = 2;
      const table = {
        ...world.table,
        transact: async (writes: Parameters<typeof world.table.transact>[0]) => {
          if ((races -= 1) >= 0) throw new ConditionFailed('another was faster');
          await world.table.transact(writes);
        },
      };
      const { pause } = through({ pause: async (_attempt: number) => undefined });
      return {
        act: async () => await settle({ table, clock: world.clock, pause }, aSettling(), {}),
        state: async () => (await bothBalances(world.table, householdId)).kept,
      };
    },
  },
  runs: {
    does: 'starts the run of a day',
    open: async (through) => {
      const world = await aWorld();
      const started: string[] = [];
      const runs: Runs = {
        start: async (name) => !started.includes(name) && started.push(name) > 0,
        status: async (name) => (started.includes(name) ? 'running' : undefined),
      };
      return {
        act: async () =>
          await startRun({ ...world, runs: through(runs) }, { date: '2026-11-21', again: false }).catch(
            (error: unknown) => {
              // it runs: nothing more is to be done
              if (!(error instanceof Refused && started.length > 0)) throw error;
            },
          ),
        state: async () => started,
      };
    },
  },
  pipeline: {
    does: 'asks whether the readings of a day are taken in',
    open: async (through) => {
      const pipeline = through({ watermark: async () => ({ deadLetters: 0 }) });
      const { table } = await aWorld();
      const ask = async () => await freezeDay({ pipeline, table }, '2026-11-21');
      return { act: ask, state: ask };
    },
  },
};
