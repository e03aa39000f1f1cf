import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayStart, SLOT_MS, type LocalDate } from '../calendar/seoul.ts';
import { ASSUMED_SUPPLY, type Supply } from '../household/supply.ts';
import type { HouseholdQuarter } from '../usage/balance.ts';
import { hoursOf } from '../usage/unusual.ts';
import { deriveDay, type DayFacts } from './derive-day.ts';
import { figureDays, type Home, type Stored } from './figure-days.ts';
import { datesBetween } from './open-days.ts';
import { figureToday, type PastHours, type TodayCase } from './today.ts';

const UNKNOWN = { importWh: undefined, exportWh: undefined, loadWh: undefined, quality: 'missing' } as const;
const PAST_DAYS = 30;
const FIGURED_DAYS = 8;
const RUNS = { numRuns: Math.ceil((fc.readConfigureGlobal().numRuns ?? 200) / 4) };

/** A day by a level for each six hours of it, whole Wh of a quarter hour; now and then a quarter hour is not known, or a register fell. */
const aDay = fc.record({
  levelsWh: fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 4, maxLength: 4 }),
  holeAt: fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, fc.nat({ max: 94 })),
  quality: fc.oneof({ weight: 8, arbitrary: fc.constant('good' as const) }, fc.constantFrom('estimated', 'bad')),
  /** a total without hours */
  isTotal: fc.nat({ max: 7 }).map((one) => one === 0),
});
type Drawn = typeof aDay extends fc.Arbitrary<infer T> ? T : never;

const aHome: fc.Arbitrary<Home> = fc
  .record({
    plan: fc.constantFrom<Supply['plan']>({ plan: 'progressive' }, { plan: 'tou', contractKw: 3 }),
    readingDay: fc.constantFrom<Supply['readingDay']>(1, 15, 26, 'month-end'),
    netMetering: fc.boolean(),
    isDemo: fc.boolean(),
  })
  .map(({ isDemo, plan, readingDay, netMetering }) => ({
    supplies: [
      {
        from: '2025-01-01',
        supply: { ...ASSUMED_SUPPLY, plan, readingDay, netMetering: netMetering && plan.plan === 'progressive' },
      },
    ],
    region: 'mainland' as const,
    isDemo,
    hasMeter: true,
  }));

const quartersOf = (date: LocalDate, { levelsWh, holeAt, quality }: Drawn): HouseholdQuarter[] =>
  Array.from({ length: 96 }, (_, slot) => {
    const importWh = levelsWh[Math.floor(slot / 24)] ?? 0;
    return {
      startMs: dayStart(date) + slot * SLOT_MS,
      importWh,
      exportWh: slot % 7,
      solarWh: undefined,
      toBatteryWh: undefined,
      fromBatteryWh: undefined,
      loadWh: importWh,
      quality,
      ...(slot === holeAt && UNKNOWN),
    };
  });

const hoursIn = (date: LocalDate, quarters: readonly HouseholdQuarter[]): PastHours => {
  const wh = hoursOf(
    date,
    new Map(quarters.flatMap(({ startMs, importWh }) => (importWh === undefined ? [] : [[startMs, importWh]]))),
  );
  return { importWh: wh, loadWh: wh };
};

const UNKNOWN_HOURS = Array.from({ length: 24 }, () => null);
const NO_HOURS: PastHours = { importWh: UNKNOWN_HOURS, loadWh: UNKNOWN_HOURS };

type World = { readonly home: Home; readonly date: LocalDate; readonly past: readonly Drawn[]; readonly today: Drawn };
const aWorld: fc.Arbitrary<World> = fc.record({
  home: aHome,
  // from June on the bands of the mainland are known
  date: fc.integer({ min: 0, max: 110 }).map((days) => addDays('2026-08-01', days)),
  past: fc.array(aDay, { minLength: PAST_DAYS, maxLength: PAST_DAYS }),
  today: aDay,
});

const factsOf = (date: LocalDate, drawn: Drawn): DayFacts => {
  const facts = deriveDay(date, quartersOf(date, drawn), 0);
  const { bandWh: _ofHours, ...total } = facts;
  return drawn.isTotal ? { ...total, source: 'imported' } : facts;
};

/** The past, its last days with their figures, as the daily runs left it. */
const pastOf = ({ home, date, past }: World): { days: Stored[]; hours: Map<LocalDate, PastHours> } => {
  const dates = datesBetween(addDays(date, -past.length), addDays(date, -1));
  const drawn = dates.map((of, i) => [of, past[i]] as const).flatMap(([of, one]) => (one ? [{ of, one }] : []));
  const facts = drawn.map(({ of, one }) => factsOf(of, one));
  const figured = figureDays(home, facts, dates.slice(-FIGURED_DAYS));
  return {
    days: [...facts.slice(0, -FIGURED_DAYS), ...figured.map((day) => ({ ...day.facts, ...day.figures }))],
    hours: new Map(drawn.map(({ of, one }) => [of, one.isTotal ? NO_HOURS : hoursIn(of, quartersOf(of, one))])),
  };
};

const caseOf = (world: World, slots: number): TodayCase => {
  const quarters = quartersOf(world.date, world.today).slice(0, slots);
  return { home: world.home, date: world.date, ...pastOf(world), quarters, closed: quarters };
};

test('as the day ends, what today has saved, cost and emitted is what its item says', () => {
  fc.assert(
    fc.property(aWorld, (world) => {
      const one = caseOf(world, 96);
      const today = figureToday(one);
      const facts = deriveDay(world.date, one.quarters, 0);
      const [item] = figureDays(world.home, [...one.days, facts], [world.date]);
      expect(today.saving).toEqual(item?.figures.saving);
      expect(today.costWon).toBe(item?.figures.cost?.won ?? null);
      expect(today.footprintG).toBe(item?.figures.co2?.footprintG ?? null);
      expect(today.soFar).toEqual(facts);
    }),
  );
});

test('until any quarter hour it has saved what it would have, had every day ended then', () => {
  fc.assert(
    fc.property(aWorld, fc.integer({ min: 1, max: 95 }), (drawn, slots) => {
      // days without holes and jumps, so that each of them can end early
      const whole = (day: Drawn): Drawn => ({ ...day, holeAt: undefined, quality: 'good', isTotal: false });
      const world = { ...drawn, past: drawn.past.map(whole), today: whole(drawn.today) };
      const one = caseOf(world, slots);
      const short = (date: LocalDate, day: Drawn): DayFacts => {
        const { missingImportSlots: _toCome, ...facts } = deriveDay(date, quartersOf(date, day).slice(0, slots), 0);
        return { ...facts, missingSlots: 0 };
      };
      const dates = datesBetween(addDays(world.date, -PAST_DAYS), world.date);
      const days = [...world.past, world.today].flatMap((day, i) => short(dates[i] ?? '', day));
      const [ended] = figureDays(world.home, days, [world.date]);
      const told = figureToday(one).saving;
      if (ended?.figures.saving?.status !== 'saved') throw new Error('a day after thirty whole days has a baseline');
      const { savedWon: _ofOtherBills, worthWon: _too, ...expected } = ended.figures.saving;
      expect(told).toMatchObject(expected);
    }),
    RUNS,
  );
});

test('a home that uses as always has saved nothing, whatever the time', () => {
  fc.assert(
    fc.property(aWorld, fc.integer({ min: 1, max: 96 }), (drawn, slots) => {
      const usual: Drawn = { ...drawn.today, holeAt: undefined, quality: 'good', isTotal: false };
      const world = { ...drawn, past: drawn.past.map(() => usual), today: usual };
      const { saving } = figureToday(caseOf(world, slots));
      // by time of use a Saturday is held against Sundays, which have other bands
      const isByHours = world.home.supplies[0]?.supply.plan.plan === 'tou';
      expect(saving).toMatchObject({ status: 'saved', savedWh: 0, worthWon: 0, ...(!isByHours && { savedWon: 0 }) });
    }),
    RUNS,
  );
});
