import { beforeEach, describe, expect, test } from 'vitest';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import { HOME } from '../../testing/world.ts';
import { aPlannedWorld, NIGHT, type PlannedWorld } from '../../testing/planned-world.ts';
import { automationPut, NO_AUTOMATION, PLAN_SHARDS, planShardOf } from '../stores/automations.ts';
import { HALF_HOUR_MS } from './half-hours.ts';
import { PAGE, planPage, type PageReport } from './plan-page.ts';
import { startPlans, type PlanPage } from './start-plans.ts';

let world: PlannedWorld;
let queue: ReturnType<typeof sqliteQueue>;
beforeEach(async () => {
  world = await aPlannedWorld();
  queue = sqliteQueue(world, { name: 'plans', visibilitySeconds: 180, attempts: 5 });
  await world.charge(300);
});

const shard = planShardOf(HOME.householdId);
const deps = () => ({ ...world.plan, plans: queue });
/** Takes what waits, as the function of the queue does. */
const drain = async (): Promise<PageReport[]> => {
  const reports: PageReport[] = [];
  for (;;) {
    const [message] = await queue.receive(1);
    if (!message) return reports;
    const page: PlanPage = JSON.parse(message.body);
    const report = await planPage(deps(), page);
    if (report) reports.push(report);
    await queue.acknowledge(message.receipt);
  }
};
const start = async (): Promise<void> => {
  await startPlans({ plans: queue }, world.clock.now() + 900);
  world.clock.set(world.clock.now() + 30_000);
};
const optIn = async (householdId: string): Promise<void> =>
  await world.table.put(
    automationPut(householdId, { settings: { ...NO_AUTOMATION, isOn: true }, history: [], version: 0 }),
  );

describe('the half hour', () => {
  test('asks shard by shard, a few seconds after it has begun, and visits opted-in homes only', async () => {
    await startPlans({ plans: queue }, NIGHT);
    expect((await queue.depth()).waiting).toBe(PLAN_SHARDS);
    expect(await drain()).toEqual([]);
    world.clock.set(NIGHT + 30_000);
    const reports = await drain();
    expect(reports).toHaveLength(PLAN_SHARDS);
    expect(reports.reduce((sum, { homes }) => sum + homes, 0)).toBe(0);
    await optIn(HOME.householdId);
    await start();
    expect((await drain()).filter(({ homes }) => homes > 0)).toMatchObject([{ homes: 1, planned: 1, orders: 1 }]);
  });

  test('that comes twice orders once', async () => {
    await optIn(HOME.householdId);
    await start();
    await start();
    const reports = (await drain()).filter(({ homes }) => homes > 0);
    expect(reports).toMatchObject([
      { planned: 1, orders: 1, doneBefore: 0 },
      { planned: 0, orders: 0, doneBefore: 1 },
    ]);
    expect(world.orders()).toHaveLength(1);
  });

  test('that is over before its message is taken plans nothing', async () => {
    await optIn(HOME.householdId);
    await start();
    world.clock.set(NIGHT + HALF_HOUR_MS);
    expect(await drain()).toEqual([]);
    expect(world.orders()).toEqual([]);
  });

  test('of a shard with many homes is planned page by page, each of bounded size', async () => {
    const others: string[] = [];
    for (let i = 0; others.length < 2 * PAGE + 20; i++)
      if (planShardOf(`home-${i}`) === shard) others.push(`home-${i}`);
    for (const id of [...others, HOME.householdId]) await optIn(id);
    await start();
    const reports = (await drain()).filter(({ homes }) => homes > 0);
    expect(reports.map(({ homes }) => homes)).toEqual([PAGE, PAGE, 21]);
    expect(reports.reduce((sum, { planned }) => sum + planned, 0)).toBe(1);
    expect(reports.reduce((sum, { without }) => sum + without, 0)).toBe(2 * PAGE + 20);
  });

  test('of which a page comes again asks for the next one once', async () => {
    const others: string[] = [];
    for (let i = 0; others.length < PAGE + 1; i++) if (planShardOf(`home-${i}`) === shard) others.push(`home-${i}`);
    for (const id of others) await optIn(id);
    world.clock.set(NIGHT + 30_000);
    for (let i = 0; i < 3; i++) await planPage(deps(), { forMs: NIGHT, shard });
    expect((await queue.depth()).waiting).toBe(1);
  });

  test('tries a home that failed once more', async () => {
    await optIn(HOME.householdId);
    world.clock.set(NIGHT + 30_000);
    let asked = 0;
    const forecastOf = async (id: string) => {
      if ((asked += 1) === 1) throw new Error('away for a moment');
      return await world.plan.forecastOf(id);
    };
    const report = await planPage({ ...deps(), forecastOf }, { forMs: NIGHT, shard });
    expect(report).toMatchObject({ homes: 1, planned: 1, orders: 1, failed: [] });
  });

  test('goes on where a home cannot be read, and names it', async () => {
    await optIn(HOME.householdId);
    await world.table.put({ table: 'homes', pk: `H#${HOME.householdId}`, sk: 'STEERING', data: { forMs: 'noon' } });
    await start();
    const [report] = (await drain()).filter(({ homes }) => homes > 0);
    expect(report?.failed).toMatchObject([
      { householdId: HOME.householdId, reason: expect.stringMatching(/Zod|forMs/) },
    ]);
  });
});
