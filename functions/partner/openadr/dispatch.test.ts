import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '@hems/models/calendar/seoul';
import { NOT_ASKED } from '@hems/models/incentive/participation';
import type { EventOutcome } from '@hems/models/incentive/event-outcome';
import type { Event, Report } from '@hems/models/openadr/objects';
import { MIN_COHORT } from '@hems/models/community/cohort';
import { PLATFORM_CLIENT } from '@hems/models/openadr/report';
import { eventRoutes, programRoutes, reportRoutes } from '@hems/shared/openadr/contract';
import { handler as sweep } from '../../jobs/report-openadr.ts';
import { lambdaContext } from '../../local/lambda-context.ts';
import { anOpenadrWorld, callOpenadr, type OpenadrWorld } from '../../testing/openadr-world.ts';
import { enterPartner } from '../../testing/partner-call.ts';
import { readEvent } from '../../use-cases/stores/events.ts';
import { participationPut } from '../../use-cases/stores/participations.ts';

/** Monday 2026-11-23 10:00 in Seoul */
const NOW = 1_795_395_600_000;
const START = '2026-11-23T18:00:00+09:00';
const END_MS = NOW + 9 * HOUR_MS;
const MINUTE_MS = 60_000;

let world: OpenadrWorld;
let programID: string;
const idOf = ({ body }: { body: never }): string => (body as { id: string }).id;
const bound = (programme: string) => ({
  programName: `calls of ${programme}`,
  attributes: [{ type: 'HEMS_PROGRAMME', values: [programme] }],
});
const call = (over: object = {}) => ({
  programID,
  intervalPeriod: { start: START, duration: 'PT1H' },
  intervals: [{ id: 0, payloads: [{ type: 'SIMPLE', values: [2] }] }],
  ...over,
});
const dispatch = async (over: object = {}) => await callOpenadr(eventRoutes.create, { body: call(over) });
const goOver = async () => await sweep({}, lambdaContext('report-openadr', 10_000));

beforeEach(async () => {
  world = await anOpenadrWorld(NOW);
  programID = idOf(await callOpenadr(programRoutes.create, { body: bound('national-dr') }));
});
afterEach(async () => await world.close());

describe('an event of a program that is bound to national demand response', () => {
  test.each([
    ['SIMPLE', [1]],
    ['DISPATCH_SETPOINT', [120.5]],
    ['DISPATCH_SETPOINT_RELATIVE', [-40]],
    ['IMPORT_CAPACITY_LIMIT', [3.5]],
    ['CONTROL_LEVEL_OFFSET', [2]],
    ['ALERT_GRID_EMERGENCY', ['예비력 부족']],
    ['ALERT_FLEX_ALERT', ['shift load']],
  ])('calls its homes from 18 to 19 h by %s', async (type, values) => {
    const id = idOf(await dispatch({ intervals: [{ id: 0, payloads: [{ type, values }] }] }));
    expect(await readEvent(world.table, id)).toEqual({
      eventId: id,
      programme: 'national-dr',
      date: '2026-11-23',
      fromHour: 18,
      toHour: 19,
    });
    expect(world.happened).toMatchObject([{ type: 'event.announced', detail: { facts: { eventId: id } } }]);
  });

  test('calls for the intervals that ask for less alone', async () => {
    const level = (id: number, value: number) => ({ id, payloads: [{ type: 'SIMPLE', values: [value] }] });
    const period = { start: '2026-11-23T08:00:00Z', duration: 'PT1H' };
    const id = idOf(
      await dispatch({ intervalPeriod: period, intervals: [level(0, 0), level(1, 1), level(2, 3), level(3, 0)] }),
    );
    expect(await readEvent(world.table, id)).toMatchObject({ fromHour: 18, toHour: 20 });
  });

  const simple = (value: number, over: object = {}) => ({
    id: value,
    payloads: [{ type: 'SIMPLE', values: [value] }],
    ...over,
  });
  test.each([
    ['half an hour', { intervalPeriod: { start: START, duration: 'PT30M' } }, 'full hours'],
    ['a quarter past', { intervalPeriod: { start: '2026-11-23T18:15:00+09:00', duration: 'PT1H' } }, 'full hours'],
    [
      'hours over midnight',
      { intervalPeriod: { start: '2026-11-23T23:00:00+09:00', duration: 'PT2H' } },
      'within one day',
    ],
    [
      'a random start',
      { intervalPeriod: { start: START, duration: 'PT1H', randomizeStart: 'PT5M' } },
      'randomizeStart',
    ],
    ['no start', { intervalPeriod: { duration: 'PT1H' } }, 'when the event starts'],
    ['a loop', { duration: 'PT3H' }, 'not looped'],
    ['targets, by which no home is chosen', { targets: ['seoul-only'] }, 'leave the targets out'],
    [
      'a price alone',
      { intervals: [{ id: 0, payloads: [{ type: 'PRICE', values: [0.2] }] }] },
      'asks homes to use less',
    ],
    ['a gap', { intervals: [simple(1), simple(0), simple(2)] }, 'without a gap'],
  ])('is refused for %s, and leaves nothing behind', async (_what, over, why) => {
    const { status, body } = await dispatch(over);
    expect([status, (body as { detail: string }).detail]).toEqual([400, expect.stringContaining(why)]);
    expect((await callOpenadr(eventRoutes.list)).body).toEqual([]);
  });

  test.each([
    [
      'hours at which the programme does not call',
      { intervalPeriod: { start: '2026-11-23T21:00:00+09:00', duration: 'PT1H' } },
      400,
    ],
    ['an event that has begun', { intervalPeriod: { start: '2026-11-23T09:00:00+09:00', duration: 'PT1H' } }, 400],
  ])('is refused by the programme for %s, and leaves nothing behind', async (_what, over, status) => {
    expect((await dispatch(over)).status).toBe(status);
    expect((await callOpenadr(eventRoutes.list)).body).toEqual([]);
    expect(world.happened).toEqual([]);
  });

  test('is refused while the program has targets, by which no home is chosen', async () => {
    const targeted = { ...bound('national-dr'), targets: ['seoul-only'] };
    await callOpenadr(programRoutes.update, { id: programID, body: targeted });
    expect((await dispatch()).body).toMatchObject({ status: 400, code: 'not-a-call' });
    expect(world.happened).toEqual([]);
  });

  test('does not call the same homes twice for one hour', async () => {
    expect((await dispatch()).status).toBe(201);
    expect((await dispatch()).status).toBe(409);
    expect((await callOpenadr(eventRoutes.list)).body).toHaveLength(1);
  });

  test('keeps its hours: other words change, the call does not, and it is not taken back', async () => {
    const id = idOf(await dispatch());
    expect((await callOpenadr(eventRoutes.update, { id, body: call({ eventName: 'evening' }) })).status).toBe(200);
    const later = call({ intervalPeriod: { start: '2026-11-23T19:00:00+09:00', duration: 'PT1H' } });
    expect((await callOpenadr(eventRoutes.update, { id, body: later })).body).toMatchObject({
      status: 409,
      code: 'called',
    });
    expect((await callOpenadr(eventRoutes.remove, { id })).body).toMatchObject({ status: 409, code: 'called' });
  });
});

test('a program of a programme that is not the partner’s is refused', async () => {
  const answer = await callOpenadr(programRoutes.create, { body: bound('apartment-mission') });
  expect(answer.body).toMatchObject({ status: 403, code: 'no-programme' });
});

test('a sandbox calls no homes, whatever programmes it has', async () => {
  await enterPartner(world.table, { partnerId: 'aggregator', kind: 'sandbox', programmes: ['national-dr'] });
  expect((await dispatch()).body).toMatchObject({ status: 403, code: 'no-programme' });
  expect(world.happened).toEqual([]);
});

test('an event of a program that is bound to nothing calls nobody', async () => {
  const free = idOf(await callOpenadr(programRoutes.create, { body: { programName: 'prices' } }));
  expect((await dispatch({ programID: free, intervalPeriod: null })).status).toBe(201);
  expect(world.happened).toEqual([]);
});

describe('the report on an event', () => {
  const outcome = (importWh: number, quality: 'good' | 'estimated' = 'good'): EventOutcome => ({
    status: 'known',
    atMs: END_MS,
    importWh,
    baselineWh: 1000,
    savedWh: 1000 - importWh,
    method: 'mid-6-of-10',
    quality,
    unit: 'won',
    amount: 0,
  });
  /** Homes that joined, `stage` of whom have this outcome. */
  const homes = async (
    id: string,
    {
      from,
      to,
      stage,
      importWh = 700,
    }: { from: number; to: number; stage: 'provisional' | 'final'; importWh?: number },
  ) => {
    const event = await readEvent(world.table, id);
    if (!event) throw new Error('it was not announced');
    for (let i = from; i < to; i += 1) {
      const before = await world.table.get({ table: 'ledger', pk: `H#home-${i}`, sk: `PART#${event.date}#${id}` });
      const own = { ...NOT_ASKED, joined: { atMs: NOW, by: 'member' as const }, [stage]: outcome(importWh) };
      await world.table.put(participationPut(`home-${i}`, event, { own, version: before?.version ?? 0 }));
    }
  };
  const reports = async (): Promise<Report[]> => (await callOpenadr(reportRoutes.list)).body;
  const payloads = async () => (await reports())[0]?.resources[0]?.intervals[0]?.payloads;

  test('comes within half an hour of the end, sums the homes in kWh and says it is complete', async () => {
    const id = idOf(await dispatch());
    await homes(id, { from: 0, to: 30, stage: 'provisional' });
    world.pass(9 * HOUR_MS + 6 * MINUTE_MS);
    await goOver();
    expect(await reports()).toMatchObject([
      {
        eventID: id,
        clientID: PLATFORM_CLIENT,
        reportName: 'provisional',
        resources: [
          {
            resourceName: 'AGGREGATED_REPORT',
            intervalPeriod: { start: '2026-11-23T09:00:00.000Z', duration: 'PT1H' },
            intervals: [
              {
                payloads: [
                  { type: 'USAGE', values: [21] },
                  { type: 'BASELINE', values: [30] },
                  { type: 'DELTA_USAGE', values: [-9] },
                  { type: 'DATA_QUALITY', values: ['OK'] },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  const counts = { table: 'operations', pk: 'PARTNER#aggregator#OPENADR' } as const;

  test('comes when end nodes have filled the room for reports', async () => {
    const id = idOf(await dispatch());
    await homes(id, { from: 0, to: 30, stage: 'provisional' });
    const before = await world.table.get({ ...counts, sk: 'COUNT' });
    await world.table.put({ ...counts, sk: 'COUNT', data: { ...Object(before?.data), REPORT: 5000 } });
    world.pass(9 * HOUR_MS + 6 * MINUTE_MS);
    await goOver();
    expect(await reports()).toMatchObject([{ clientID: PLATFORM_CLIENT, reportName: 'provisional' }]);
  });

  test('leaves room to the others: an end node makes 1,000 reports at most', async () => {
    const eventID = idOf(await dispatch());
    const report = async (as: 'building' | 'neighbour') =>
      await callOpenadr(reportRoutes.create, { as, body: { eventID, clientName: as, resources: [] } });
    await world.table.put({ ...counts, sk: 'COUNT#aggregator.ven', data: { REPORT: 999 } });
    expect((await report('building')).status).toBe(201);
    expect((await report('building')).body).toMatchObject({ status: 409, code: 'quota' });
    expect((await report('neighbour')).status).toBe(201);
  });

  test('becomes final once, under the same id, when all homes are settled; the event may go then', async () => {
    const id = idOf(await dispatch());
    await homes(id, { from: 0, to: 30, stage: 'provisional' });
    world.pass(9 * HOUR_MS + 6 * MINUTE_MS);
    await goOver();
    const [before] = await reports();
    await homes(id, { from: 0, to: 30, stage: 'final', importWh: 600 });
    world.pass(7 * HOUR_MS);
    await goOver();
    expect(await reports()).toMatchObject([{ id: before?.id, reportName: 'final' }]);
    expect(await payloads()).toContainEqual({ type: 'USAGE', values: [18] });
    world.pass(HOUR_MS);
    await goOver();
    expect(await reports()).toHaveLength(1);
    expect((await callOpenadr(eventRoutes.remove, { id })).status).toBe(200);
    expect(await reports()).toEqual([]);
  });

  test('tells nothing of fewer homes than a cohort but that there is nothing', async () => {
    const id = idOf(await dispatch());
    await homes(id, { from: 0, to: MIN_COHORT - 1, stage: 'provisional' });
    world.pass(9 * HOUR_MS + 6 * MINUTE_MS);
    await goOver();
    expect(await payloads()).toEqual([{ type: 'DATA_QUALITY', values: ['MISSING'] }]);
    expect(JSON.stringify(await reports())).not.toContain('home-');
  });

  test('does not tell of the few homes that came later by the difference of two sums', async () => {
    const id = idOf(await dispatch());
    await homes(id, { from: 0, to: 30, stage: 'provisional' });
    world.pass(9 * HOUR_MS + 6 * MINUTE_MS);
    await goOver();
    await homes(id, { from: 30, to: 33, stage: 'provisional', importWh: 3000 });
    world.pass(8 * MINUTE_MS);
    await goOver();
    expect(await payloads()).toEqual([
      { type: 'USAGE', values: [21] },
      { type: 'BASELINE', values: [30] },
      { type: 'DELTA_USAGE', values: [-9] },
      { type: 'DATA_QUALITY', values: ['ESTIMATED'] },
    ]);
  });

  test('comes at the half hour, with nothing in it, when no home is known', async () => {
    await dispatch();
    world.pass(9 * HOUR_MS + 6 * MINUTE_MS);
    await goOver();
    expect(await reports()).toEqual([]);
    for (const minutes of [7, 8, 8]) {
      world.pass(minutes * MINUTE_MS);
      await goOver();
    }
    expect(await payloads()).toEqual([{ type: 'DATA_QUALITY', values: ['MISSING'] }]);
  });

  test('of a call that was cut short is made good: the sweep announces what was stored', async () => {
    const id = idOf(await dispatch());
    world.happened.length = 0;
    world.pass(2 * MINUTE_MS);
    await goOver();
    expect(world.happened).toMatchObject([{ type: 'event.announced', detail: { facts: { eventId: id } } }]);
    await goOver();
    expect(world.happened).toHaveLength(1);
  });
});

test('active=true leaves an event out when it is over', async () => {
  const id = idOf(await dispatch());
  const active = async () =>
    ((await callOpenadr(eventRoutes.list, { query: 'active=true' })).body as Event[]).map((one) => one.id);
  expect(await active()).toEqual([id]);
  world.pass(9 * HOUR_MS);
  expect(await active()).toEqual([]);
});
