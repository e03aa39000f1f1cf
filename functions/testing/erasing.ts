import { DAY_MS } from '@hems/models/calendar/seoul';
import { erasureReport } from '@hems/shared/api/erasures';
import { everyItem } from '../adapters/embedded/every-item.ts';
import type { Account } from '../ports/identity.ts';
import type { Runs } from '../ports/runs.ts';
import type { EraseDeps } from '../use-cases/erasure/deps.ts';
import { endGateways } from '../use-cases/devices/end-gateways.ts';
import { eraseStep, STEPS } from '../use-cases/erasure/erase-step.ts';
import { askAccount } from '../use-cases/erasure/ask-account.ts';
import { askHousehold } from '../use-cases/erasure/ask-household.ts';
import { namedIds } from '../use-cases/erasure/named-ids.ts';
import { readErasure } from '../use-cases/erasure/read-erasure.ts';
import { settleErasure } from '../use-cases/erasure/settle-erasure.ts';
import { carryOnErasures } from '../use-cases/erasure/start.ts';
import { anotherHousehold, fillHousehold, LEAVER, OWNER, PLANTED, PLANTED_WH } from './full-household.ts';
import { localRegistry } from './local-registry.ts';
import { aWorld, HOME, type World } from './world.ts';

/** Files in memory. */
export const someFiles = () => {
  const files = new Map<string, Uint8Array>();
  const under = (prefix: string): string[] => [...files.keys()].filter((key) => key.startsWith(prefix));
  return {
    files,
    put: async (key: string, body: Uint8Array) => void files.set(key, body),
    eraser: {
      count: async (prefix: string) => under(prefix).length,
      erase: async (prefix: string) => {
        for (const key of under(prefix)) files.delete(key);
      },
    },
  };
};

/** Accounts in memory. */
const someAccounts = (subs: readonly string[]) => {
  const accounts = new Map(
    subs.map((sub): [string, Account] => [sub, { sub, email: `${sub}@example.com`, emailVerified: true }]),
  );
  return {
    accounts,
    read: async (sub: string) => accounts.get(sub),
    signOut: async () => undefined,
    delete: async (sub: string) => void accounts.delete(sub),
  };
};

/** Executions that a test carries out by hand. */
const someRuns = () => {
  const status = new Map<string, 'running' | 'succeeded' | 'failed'>();
  const runs: Runs = {
    start: async (name) => {
      if (status.has(name)) return false;
      status.set(name, 'running');
      return true;
    },
    status: async (name) => status.get(name),
  };
  return { status, runs };
};

export const ERASURE_ID = 'erasure-0000000000000001';

/** What an erasure works with, over a world; and the state machine as a loop over its steps, without its waits and retries. */
export const anErasure = (world: World) => {
  const { table, clock, pause, telemetry, bus, ids, database } = world;
  const files = someFiles();
  const identity = someAccounts([OWNER.sub, 'guest', LEAVER]);
  const registry = localRegistry(table);
  const { runs, status } = someRuns();
  const found: string[] = [];
  const deps: EraseDeps = {
    table,
    clock,
    pause,
    ids,
    telemetry,
    objects: files.eraser,
    identity,
    bus,
    endGateways: (householdId) => endGateways({ table, pause, registry }, householdId),
    removeGateway: (gateway) => registry.remove(gateway),
    remains: { backups: 35, logs: 180 },
    everyItem: () => everyItem({ database, clock }),
  };
  const asking = { table, clock, pause, ids, erasures: runs };
  const endAll = (how: 'succeeded' | 'failed'): void => {
    for (const name of status.keys()) if (status.get(name) === 'running') status.set(name, how);
  };
  /** from the first step on; `before` may do something in between */
  const carryOut = async (
    erasureId = ERASURE_ID,
    {
      with: over = deps,
      before = async () => undefined,
    }: { with?: EraseDeps; before?: (step: string) => Promise<unknown> } = {},
  ): Promise<'erased' | 'waits' | 'rows-left'> => {
    for (const step of STEPS) {
      await before(step);
      let next = 'again';
      while (next === 'again')
        next = (await eraseStep(over, { erasureId, step }, (rows) => void found.push(...rows))).next;
      if (next === 'wait') {
        endAll('succeeded');
        return 'waits';
      }
      if (next === 'rows-left') {
        endAll('failed');
        return 'rows-left';
      }
    }
    endAll('succeeded');
    return 'erased';
  };
  return {
    deps,
    asking,
    files,
    identity,
    status,
    found,
    registry,
    endAll,
    carryOut,
    ask: async (over: { erasureId?: string; forfeit?: boolean; sub?: string; householdId?: string } = {}) => {
      const { sub = OWNER.sub, ...asked } = over;
      const household = { householdId: HOME.householdId, erasureId: ERASURE_ID, forfeit: false, ...asked };
      return (await askHousehold(asking, sub, household)).report;
    },
    askAccount: async (sub: string, over: { erasureId?: string; forfeit?: boolean; groups?: string[] } = {}) => {
      const { groups = [], ...asked } = over;
      const account = { erasureId: ERASURE_ID, forfeit: false, ...asked };
      return (await askAccount(asking, { sub, groups }, account)).report;
    },
    check: () => carryOnErasures(asking),
    settle: (balance: 'pay' | 'forfeit') => settleErasure(asking, ERASURE_ID, balance),
  };
};
export type ErasingWorld = ReturnType<typeof anErasure>;

/** A world with a household that has used everything and another one that stays, and what a test asks of their rows. */
export const aFullWorld = async () => {
  const world = await aWorld();
  const erasing = anErasure(world);
  const { memberId, claimed } = await fillHousehold(world, erasing.files);
  await anotherHousehold(world.table);
  const { householdId, telemetryId, gateway } = HOME;
  const own = [householdId, telemetryId, gateway, claimed, memberId, 'meter-1', 'air-1'];
  const planted = [...Object.values(PLANTED), String(PLANTED_WH), String(PLANTED_WH + 1)];
  const rowsOf = (...ids: string[]): string[] => dumpOf(world).filter((row) => namedIds(ids).isIn(row));
  return {
    world,
    erasing,
    memberId,
    claimed,
    rowsOf,
    /** rows that name the household by any of its ids, or hold something it left */
    traces: (): string[] =>
      dumpOf(world).filter((row) => namedIds(own).isIn(row) || planted.some((text) => row.includes(text))),
    report: async () =>
      erasureReport.parse(await readErasure({ table: world.table, erasures: erasing.asking.erasures }, ERASURE_ID)),
    /** rows that have expired are swept with the next write */
    sweep: async (): Promise<void> => {
      world.clock.set(world.clock.now() + DAY_MS);
      await world.table.put({ table: 'operations', pk: 'ANY', sk: 'ANY', data: {} });
    },
  };
};
export type FullWorld = Awaited<ReturnType<typeof aFullWorld>>;

/** Every row of every table of the file as text, expired ones too. */
export const dumpOf = ({ database }: World): string[] => {
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  return tables.flatMap(({ name }) =>
    database
      .prepare(`SELECT * FROM ${String(name)}`)
      .all()
      .map((row) => `${String(name)} ${JSON.stringify(row)}`),
  );
};
