import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import { candidateDays } from '@hems/models/baseline/candidate-days';
import { sumAmounts } from '@hems/models/ledger/entry';
import type { Enrolment } from '@hems/shared/api/programmes';
import type { SavingEvent } from '@hems/shared/api/events';
import type { Table } from '../ports/table.ts';
import { agree } from '../testing/agree.ts';
import { aSettling } from '../testing/ledger.ts';
import { aDay, liveHours, liveMonths, monthOfDays, months, type MeteredHour } from '../testing/past-use.ts';
import { aWorld, HOME, type World } from '../testing/world.ts';
import { announceEvent } from './programmes/announce-event.ts';
import { enrol } from './programmes/enrol.ts';
import { moveApplication } from './programmes/move-application.ts';
import { recompute } from './programmes/recompute.ts';
import { withdraw } from './programmes/withdraw.ts';
import { readEvidence } from './read-evidence.ts';
import { settleHousehold } from './settle-household.ts';
import { readBalances } from './stores/balances.ts';
import { putDays } from './stores/days.ts';
import { enrolmentPut, readEnrolment } from './stores/enrolments.ts';
import { putEvent, readingOnce } from './stores/events.ts';
import { readEntries, readInputs, readPeriod, settle } from './stores/ledger.ts';

const { householdId } = HOME;
const OWNER = { householdId, sub: 'owner', role: 'owner' } as const;
const CASHBACK_ANSWERS = {
  'residential-contract': true,
  'registered-at-address': true,
  'unit-use-is-submitted': true,
  'in-no-other-utility-programme': true,
};
const DR_ANSWERS = { 'contract-of-200-kw-or-less': true, 'joined-through-an-aggregator': true };

let world: World;
beforeEach(async () => {
  world = await aWorld();
  await agree(world.table, householdId, 'government');
});

const at = (date: LocalDate): void => world.clock.set(dayStart(date) + 20 * 60_000);
/** The run of a day, at twenty past midnight after it. */
const run = (date: LocalDate) => {
  at(addDays(date, 1));
  return settleHousehold(world, { householdId, date });
};
const join = (programme: string, on: LocalDate, answers: Enrolment['answers'] = CASHBACK_ANSWERS) => {
  at(on);
  return enrol(world, OWNER, { programme, answers });
};
const approve = async (programme: string, on: LocalDate): Promise<void> => {
  at(on);
  await moveApplication(world, { householdId, programme, to: 'under-review' });
  await moveApplication(world, { householdId, programme, to: 'approved' });
};
const entriesOf = (programme: string, period: string) => readPeriod(world.table, { householdId, programme, period });
const amounts = async (programme: string, period: string) =>
  (await entriesOf(programme, period)).map(({ amount }) => amount);

describe('energy cashback', () => {
  const PROGRAMME = 'energy-cashback';
  const settledMay = { programme: PROGRAMME, period: '2026-05', outcome: 'settled', amount: 3200, unit: 'won' };

  beforeEach(async () => {
    await liveMonths(world, { ...months('2024-04', 25, 350), '2026-05': 310 });
    await join(PROGRAMME, '2026-05-20');
  });

  test('a home of 26 months that applied and was approved in May earns 3,200 won when May closes: expected, not ours to pay', async () => {
    await approve(PROGRAMME, '2026-05-22');
    expect(await run('2026-05-30')).toEqual([]);
    expect(await run('2026-05-31')).toEqual([settledMay]);
    const [entry] = await entriesOf(PROGRAMME, '2026-05');
    expect(entry).toMatchObject({ revision: 0, amount: 3200, unit: 'won', payer: 'utility', endsOn: '2026-05-31' });
    expect((await readBalances(world.table, householdId)).won).toMatchObject({ expected: 3200, withdrawable: 0 });
  });

  test('its evidence gives the same figure again, from the three months and the version alone', async () => {
    await approve(PROGRAMME, '2026-05-22');
    await run('2026-05-31');
    const [entry] = await entriesOf(PROGRAMME, '2026-05');
    const frozen = await readInputs(world.table, entry!);
    expect(frozen?.inputs).toEqual({
      programme: PROGRAMME,
      version: 'energy-cashback/2024-01-01',
      period: '2026-05',
      use: Object.fromEntries(
        [2024, 2025, 2026].map((year, i) => [`${year}-05`, { wh: [350, 350, 310][i]! * 1000, quality: 'good' }]),
      ),
      regionalMean: 'assumed-reached',
    });
    await putDays(world.table, householdId, monthOfDays('2026-05', 500));
    const entryId = [householdId, PROGRAMME, '2026-05', '0000'].join('#');
    expect(await readEvidence({ ...world, recompute }, { householdId, entryId })).toMatchObject({
      recomputed: 3200,
      matches: true,
      lines: [
        { item: 'base', amount: 1200 },
        { item: 'tier', amount: 2000 },
      ],
    });
  });

  test('run again, it writes nothing', async () => {
    await approve(PROGRAMME, '2026-05-22');
    await run('2026-05-31');
    expect(await run('2026-05-31')).toEqual([{ ...settledMay, outcome: 'unchanged' }]);
    expect(await run('2026-06-15')).toEqual([{ ...settledMay, outcome: 'unchanged' }]);
    expect(await readEntries(world.table, householdId)).toHaveLength(1);
  });

  test('settled from two places at once, it is settled once', async () => {
    await approve(PROGRAMME, '2026-05-22');
    at('2026-06-01');
    const both = await Promise.all([1, 2].map(() => settleHousehold(world, { householdId, date: '2026-05-31' })));
    expect(
      both
        .flat()
        .map(({ outcome }) => outcome)
        .toSorted(),
    ).toEqual(['settled', 'unchanged']);
    expect(await amounts(PROGRAMME, '2026-05')).toEqual([3200]);
  });

  test('a day that is corrected late writes the difference: 10 kWh less are 800 won more', async () => {
    await approve(PROGRAMME, '2026-05-22');
    await run('2026-05-31');
    const [first] = monthOfDays('2026-05', 310);
    await putDays(world.table, householdId, [{ ...first!, importWh: first!.importWh! - 10_000, revision: 1 }]);
    expect(await run('2026-06-03')).toEqual([{ ...settledMay, outcome: 'corrected', amount: 4000 }]);
    expect(await amounts(PROGRAMME, '2026-05')).toEqual([3200, 800]);
    expect((await readBalances(world.table, householdId)).won.expected).toBe(4000);
  });

  test.each([
    ['is missing', { importWh: undefined, quality: 'missing', missingSlots: 96, missingImportSlots: 96 }],
    ['misses a quarter hour', { missingSlots: 1, missingImportSlots: 1 }],
    ['is bad', { quality: 'bad' }],
  ] as const)('a month of which a day %s is refused, and nothing is written', async (_what, over) => {
    await approve(PROGRAMME, '2026-05-22');
    await putDays(world.table, householdId, [aDay('2026-05-09', 10_000, over)]);
    expect(await run('2026-05-31')).toEqual([
      { programme: PROGRAMME, period: '2026-05', outcome: 'refused', code: 'missing-use' },
    ]);
    expect(await readEntries(world.table, householdId)).toEqual([]);
  });

  test('data that go bad after it was settled take nothing back, and the refusal is told', async () => {
    await approve(PROGRAMME, '2026-05-22');
    await run('2026-05-31');
    await putDays(world.table, householdId, [aDay('2026-05-09', 10_000, { quality: 'bad' })]);
    expect(await run('2026-06-01')).toMatchObject([{ outcome: 'refused', code: 'missing-use' }]);
    expect(await amounts(PROGRAMME, '2026-05')).toEqual([3200]);
  });

  test('who has only applied, or was rejected, is not settled', async () => {
    expect(await run('2026-05-31')).toEqual([]);
    await moveApplication(world, { householdId, programme: PROGRAMME, to: 'under-review' });
    expect(await run('2026-06-01')).toEqual([]);
    await moveApplication(world, { householdId, programme: PROGRAMME, to: 'rejected', reason: 'moved away' });
    expect(await run('2026-06-02')).toEqual([]);
    expect(await readEntries(world.table, householdId)).toEqual([]);
  });

  test('who withdraws within the month has no part in it; who withdraws after it keeps it', async () => {
    await approve(PROGRAMME, '2026-05-22');
    at('2026-05-30');
    await withdraw(world, OWNER, { programme: PROGRAMME });
    expect(await run('2026-05-31')).toEqual([]);
    await join(PROGRAMME, '2026-05-31');
    await approve(PROGRAMME, '2026-06-01');
    await withdraw(world, OWNER, { programme: PROGRAMME });
    expect(await run('2026-06-02')).toEqual([settledMay]);
  });

  test('an application approved late is settled from its month on, though that is past its thirty days', async () => {
    await liveMonths(world, { '2026-06': 340 });
    await approve(PROGRAMME, '2026-08-10');
    // June: 2.86 % is under the floor; July has no published price, and no days here
    expect(await run('2026-08-10')).toEqual([
      settledMay,
      { ...settledMay, period: '2026-06', amount: 0 },
      { programme: PROGRAMME, period: '2026-07', outcome: 'refused', code: 'missing-use' },
    ]);
  });

  test('after thirty days it is final: neither the run nor a repeat of an old day by hand changes it', async () => {
    await approve(PROGRAMME, '2026-05-22');
    await run('2026-05-31');
    await putDays(world.table, householdId, monthOfDays('2026-05', 250));
    expect((await run('2026-07-01')).filter(({ period }) => period === '2026-05')).toEqual([]);
    at('2026-09-01');
    expect(await settleHousehold(world, { householdId, date: '2026-06-15' })).toEqual([
      { ...settledMay, outcome: 'unchanged' },
    ]);
    expect(await amounts(PROGRAMME, '2026-05')).toEqual([3200]);
  });

  test('a month that was never run is settled by a repeat of its day by hand', async () => {
    await approve(PROGRAMME, '2026-05-22');
    at('2026-09-01');
    expect(await settleHousehold(world, { householdId, date: '2026-05-31' })).toEqual([settledMay]);
  });

  test('a month without a published price is refused as such, not guessed', async () => {
    await approve(PROGRAMME, '2026-05-22');
    await liveMonths(world, { '2026-06': 350, '2026-07': 310, '2025-07': 350 });
    expect(await run('2026-07-31')).toEqual([
      { programme: PROGRAMME, period: '2026-07', outcome: 'refused', code: 'unpriced' },
    ]);
  });
});

test('a home without a past is told so, month by month', async () => {
  await join('energy-cashback', '2026-05-20');
  await approve('energy-cashback', '2026-05-22');
  await liveMonths(world, { '2026-05': 310 });
  expect(await run('2026-05-31')).toMatchObject([{ outcome: 'refused', code: 'no-prior-year' }]);
});

test('households that are settled together read the events of the day once, and again when that failed', async () => {
  const homes = ['h-2', 'h-3', 'h-4'];
  at('2026-05-20');
  for (const id of homes) {
    await enrol(
      world,
      { ...OWNER, householdId: id },
      { programme: 'per-home-dr-target', answers: { 'hourly-meter': true } },
    );
  }
  let reads = 0;
  const table: Table = {
    ...world.table,
    query: async (query) => {
      if (query.value === 'EVENTS' && (reads += 1) === 1) throw new Error('the table is away');
      return world.table.query(query);
    },
  };
  const deps = { ...world, table, events: readingOnce(table) };
  at('2026-05-22');
  const settleAll = () =>
    Promise.allSettled(homes.map((id) => settleHousehold(deps, { householdId: id, date: '2026-05-21' })));
  expect((await settleAll()).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect((await settleAll()).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  expect(reads).toBe(2);
});

test('a household that takes part in nothing has nothing settled', async () => {
  expect(await run('2026-05-31')).toEqual([]);
});

describe('carbon points', () => {
  const PROGRAMME = 'carbon-points-energy';
  const ANSWERS = { 'registered-at-address': true, 'lives-outside-seoul': true };

  test('12 % less than the same half of two years: 10,000 points; two such halves later 2.86 % keep it up for 3,000', async () => {
    await liveMonths(world, {
      ...months('2023-01', 24, 350),
      ...months('2025-01', 12, 308),
      ...months('2026-01', 6, 320),
    });
    await join(PROGRAMME, '2024-10-01', ANSWERS);
    await approve(PROGRAMME, '2024-10-05');
    expect(await run('2024-12-31')).toEqual([]);
    const half = (period: string, amount: number) => ({
      programme: PROGRAMME,
      period,
      outcome: 'settled',
      amount,
      unit: 'points',
    });
    expect(await run('2025-06-30')).toEqual([half('2025-H1', 10_000)]);
    expect(await run('2025-12-31')).toEqual([half('2025-H2', 10_000)]);
    // against (350 + 308) / 2 = 329 a month
    expect(await run('2026-06-30')).toEqual([half('2026-H1', 3000)]);
    const [entry] = await entriesOf(PROGRAMME, '2026-H1');
    expect((await readInputs(world.table, entry!))?.inputs).toMatchObject({ consecutiveWinsBefore: 2 });
    expect((await readBalances(world.table, householdId)).points).toMatchObject({ expected: 23_000, withdrawable: 0 });
  });

  test('wins are those in which the home took part', async () => {
    await liveMonths(world, {
      ...months('2023-01', 24, 350),
      ...months('2025-01', 12, 308),
      ...months('2026-01', 6, 320),
    });
    await join(PROGRAMME, '2025-08-01', ANSWERS);
    await approve(PROGRAMME, '2025-08-05');
    expect(await run('2026-06-30')).toMatchObject([{ period: '2026-H1', outcome: 'settled', amount: 0 }]);
  });
});

describe('events', () => {
  /** korea.md 3.1, 18–19 h, most recent weekday first; and 850 Wh in the event. */
  const PROFILE = [1100, 1250, 950, 1400, 1050, 1600, 1150, 800, 1300, 1200];
  const DATE = '2026-10-14';
  const { dates } = candidateDays({ eventDate: DATE, earlierEventDates: new Set() }, PROFILE.length);
  const before = dates.map((date, i): MeteredHour => ({ date, hour: 18, wh: PROFILE[i]! }));
  const anEvent = (over: Partial<SavingEvent> = {}): SavingEvent => ({
    eventId: 'dr-1014',
    programme: 'national-dr',
    date: DATE,
    fromHour: 18,
    toHour: 19,
    ...over,
  });
  const announce = (event: SavingEvent) => {
    at(addDays(event.date, -1));
    return announceEvent(world, event);
  };
  const called = async (event: SavingEvent, answers: Enrolment['answers'], on = '2026-09-01') => {
    await join(event.programme, on, answers);
    if (event.programme !== 'per-home-dr-target') await approve(event.programme, on);
    await announce(event);
  };
  /** The method that the latest step fixed, as another past would have had it. */
  const fix = async (method: string): Promise<void> => {
    const { enrolment, version } = await readEnrolment(world.table, householdId, 'national-dr');
    const fixed = { method, by: 'fit' as const, fits: [] };
    const { history } = enrolment!;
    const latest = history.findLastIndex(({ state }) => state === 'applied');
    const kept = history.with(latest, { ...history[latest]!, baselineMethod: fixed });
    await world.table.put(enrolmentPut(householdId, { ...enrolment!, history: kept }, version));
  };
  const use = (wh: number) => liveHours(world, [...before, { date: DATE, hour: 18, wh }]);

  test('national demand response pays 422 won by the middle six of ten days: 325 Wh at 1,300 won', async () => {
    await called(anEvent(), DR_ANSWERS);
    await use(850);
    expect(await run(DATE)).toEqual([
      { programme: 'national-dr', period: 'dr-1014', outcome: 'settled', amount: 422, unit: 'won' },
    ]);
    const [entry] = await entriesOf('national-dr', 'dr-1014');
    expect(entry).toMatchObject({ payer: 'aggregator', unit: 'won', endsOn: DATE });
    const frozen = await readInputs(world.table, entry!);
    expect(recompute('national-dr', frozen?.inputs)).toEqual({
      total: 422,
      lines: [{ item: 'reduction', amount: 422 }],
    });
  });

  test('and 455 won where the home was fixed to the highest four of five', async () => {
    await called(anEvent(), DR_ANSWERS);
    await fix('max-4-of-5');
    await use(850);
    expect(await run(DATE)).toMatchObject([{ outcome: 'settled', amount: 455 }]);
  });

  test('who leaves and comes back is held by the new method in what comes after, and keeps what was settled by the old one', async () => {
    await called(anEvent(), DR_ANSWERS);
    await use(850);
    expect(await run(DATE)).toMatchObject([{ outcome: 'settled', amount: 422 }]);
    const back = addDays(DATE, 2);
    at(back);
    await withdraw(world, OWNER, { programme: 'national-dr' });
    await join('national-dr', back, DR_ANSWERS);
    await fix('max-4-of-5');
    await approve('national-dr', back);
    const next = anEvent({ eventId: 'dr-1020', date: '2026-10-20' });
    await announce(next);
    await liveHours(world, [
      ...['15', '16', '19'].map((day, i) => ({ date: `2026-10-${day}`, hour: 18, wh: 1500 + 100 * i })),
      { date: next.date, hour: 18, wh: 850 },
    ]);
    expect(await run(next.date)).toMatchObject([
      { period: 'dr-1014', outcome: 'unchanged', amount: 422 },
      { period: 'dr-1020', outcome: 'settled' },
    ]);
    const methodOf = async (event: string) =>
      (await readInputs(world.table, (await entriesOf('national-dr', event))[0]!))?.inputs;
    expect(await methodOf('dr-1014')).toMatchObject({ method: { id: 'mid-6-of-10' } });
    expect(await methodOf('dr-1020')).toMatchObject({ method: { id: 'max-4-of-5' } });
  });

  test('an event that was announced outside of what its programme may call is not paid', async () => {
    await called(anEvent(), DR_ANSWERS);
    await use(850);
    const night = anEvent({ eventId: 'dr-night', fromHour: 0, toHour: 1 });
    const saturday = anEvent({ eventId: 'dr-saturday', date: '2026-10-10' });
    for (const event of [night, saturday]) await putEvent(world.table, event);
    await liveHours(world, [
      ...before.map((one) => ({ ...one, hour: 0 })),
      { date: DATE, hour: 0, wh: 10 },
      { date: '2026-10-10', hour: 18, wh: 10 },
    ]);
    expect(await run(DATE)).toMatchObject([
      { period: 'dr-saturday', outcome: 'refused', code: 'not-in-force' },
      { period: 'dr-night', outcome: 'refused', code: 'not-in-force' },
      { period: 'dr-1014', outcome: 'settled', amount: 422 },
    ]);
    expect(await readEntries(world.table, householdId)).toHaveLength(1);
  });

  test('use above the baseline earns 0 and costs nothing', async () => {
    await called(anEvent(), DR_ANSWERS);
    await use(1300);
    expect(await run(DATE)).toMatchObject([{ outcome: 'settled', amount: 0 }]);
  });

  test('an hour that came late is settled when it comes', async () => {
    await called(anEvent(), DR_ANSWERS);
    await liveHours(world, before);
    expect(await run(DATE)).toMatchObject([{ outcome: 'refused', code: 'missing-use' }]);
    const late: MeteredHour = { date: DATE, hour: 18, wh: 850 };
    await liveHours(world, [late]);
    expect(await run(addDays(DATE, 3))).toMatchObject([{ outcome: 'settled', amount: 422 }]);
    expect(await run(addDays(DATE, 31))).toEqual([]);
  });

  test('a day on which another programme called the home stands for no other day', async () => {
    await called(anEvent(), DR_ANSWERS);
    const other = anEvent({ programme: 'apartment-mission', eventId: 'mission-a', date: dates[5]! });
    await called(other, { 'lives-in-the-scheme-area': true });
    await use(850);
    await run(DATE);
    const [entry] = await entriesOf('national-dr', 'dr-1014');
    const frozen = (await readInputs(world.table, entry!))?.inputs as { candidates: string[] };
    expect(frozen.candidates).not.toContain(dates[5]);
    expect(frozen.candidates.slice(0, 3)).toEqual(dates.slice(0, 3));
  });

  test('a mission is won with a cut of 27.7 % against the middle eight of ten: 1,000 points', async () => {
    const mission = anEvent({ programme: 'apartment-mission', eventId: 'mission-1' });
    await called(mission, { 'lives-in-the-scheme-area': true });
    await use(850);
    expect(await run(DATE)).toMatchObject([{ programme: 'apartment-mission', outcome: 'settled', amount: 1000 }]);
    const [entry] = await entriesOf('apartment-mission', 'mission-1');
    expect((await readInputs(world.table, entry!))?.inputs).toMatchObject({ successesBefore: 0 });
  });

  test('and not with 9.96 %', async () => {
    const mission = anEvent({ programme: 'apartment-mission', eventId: 'mission-1' });
    await called(mission, { 'lives-in-the-scheme-area': true });
    await use(1058);
    expect(await run(DATE)).toMatchObject([{ outcome: 'settled', amount: 0 }]);
  });

  test('of two missions of a day the second counts the first', async () => {
    const mission = anEvent({ programme: 'apartment-mission', eventId: 'mission-2', fromHour: 19, toHour: 20 });
    await called(mission, { 'lives-in-the-scheme-area': true });
    await announce(anEvent({ programme: 'apartment-mission', eventId: 'mission-1' }));
    const evenings = [...before, { date: DATE, hour: 18, wh: 850 }];
    await liveHours(world, [...evenings, ...evenings.map((one) => ({ ...one, hour: 19 }))]);
    expect((await run(DATE)).map(({ period }) => period)).toEqual(['mission-1', 'mission-2']);
    const counted = async (id: string) =>
      (await readInputs(world.table, (await entriesOf('apartment-mission', id))[0]!))?.inputs;
    expect(await counted('mission-1')).toMatchObject({ successesBefore: 0 });
    expect(await counted('mission-2')).toMatchObject({ successesBefore: 1 });
    expect(await run(addDays(DATE, 1))).toMatchObject([{ outcome: 'unchanged' }, { outcome: 'unchanged' }]);
  });

  test('at the most that a year pays, an earlier mission whose reading came late takes the place of a later one', async () => {
    const later = anEvent({ programme: 'apartment-mission', eventId: 'mission-2', fromHour: 19, toHour: 20 });
    await called(later, { 'lives-in-the-scheme-area': true });
    await announce(anEvent({ programme: 'apartment-mission', eventId: 'mission-1', fromHour: 14, toHour: 15 }));
    const won = {
      programme: 'apartment-mission',
      payer: 'municipality',
      unit: 'points',
      endsOn: '2026-03-02',
    } as const;
    for (let i = 0; i < 99; i += 1) await settle(world, aSettling({ ...won, period: `won-${i}`, total: 1000 }), {});
    await settle(world, aSettling({ ...won, period: 'last-year', endsOn: '2025-12-30', total: 1000 }), {});
    const days = before.flatMap((one) => [14, 19].map((hour) => ({ ...one, hour })));
    await liveHours(world, [...days, { date: DATE, hour: 19, wh: 850 }]);
    expect(await run(DATE)).toMatchObject([
      { period: 'mission-1', code: 'missing-use' },
      { period: 'mission-2', outcome: 'settled', amount: 1000 },
    ]);
    await liveHours(world, [{ date: DATE, hour: 14, wh: 850 }]);
    expect(await run(addDays(DATE, 1))).toMatchObject([
      { period: 'mission-1', outcome: 'settled', amount: 1000 },
      { period: 'mission-2', outcome: 'corrected', amount: 0 },
    ]);
    expect(await amounts('apartment-mission', 'mission-2')).toEqual([1000, -1000]);
  });

  test('an event of our own pays the points it was announced with, and they can be withdrawn', async () => {
    const own = anEvent({ programme: 'per-home-dr-target', eventId: 'own-1', points: 500 });
    await called(own, {});
    // 1,175 Wh in the mean of ten days; asked for 15 % and 75 Wh
    await use(850);
    expect(await run(DATE)).toMatchObject([{ programme: 'per-home-dr-target', outcome: 'settled', amount: 500 }]);
    expect((await readBalances(world.table, householdId)).points).toMatchObject({ earned: 500, withdrawable: 500 });
  });

  test('who enrols on the day of an event takes part from the next one on', async () => {
    await called(anEvent(), DR_ANSWERS, DATE);
    await use(850);
    expect(await run(DATE)).toEqual([]);
  });

  test('who withdraws on the day of an event takes part in it, and in none after it', async () => {
    await called(anEvent(), DR_ANSWERS);
    await announce(anEvent({ eventId: 'dr-1015', date: addDays(DATE, 1) }));
    await use(850);
    at(DATE);
    await withdraw(world, OWNER, { programme: 'national-dr' });
    expect((await run(addDays(DATE, 1))).map(({ period }) => period)).toEqual(['dr-1014']);
  });
});

test('what was settled is what the entries add up to, whatever the days said in between and in which order they were run', async () => {
  const PROGRAMME = 'energy-cashback';
  await liveMonths(world, { ...months('2024-04', 25, 350), '2026-05': 310 });
  await join(PROGRAMME, '2026-05-20');
  await approve(PROGRAMME, '2026-05-22');
  for (const [i, kwh] of [310, 240, 349, 300, 338, 310].entries()) {
    await putDays(world.table, householdId, monthOfDays('2026-05', kwh));
    await run(addDays('2026-05-31', (i * 7) % 20));
    const entries = await entriesOf(PROGRAMME, '2026-05');
    const frozen = await readInputs(world.table, entries.at(-1)!);
    expect(sumAmounts(entries)).toBe(recompute(PROGRAMME, frozen?.inputs).total);
    expect((await readBalances(world.table, householdId)).won.expected).toBe(sumAmounts(entries));
  }
  expect(sumAmounts(await entriesOf(PROGRAMME, '2026-05'))).toBe(3200);
});
