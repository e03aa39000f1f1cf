import { addDays, dayStart, SLOT_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { deriveDay } from '@hems/models/day/derive-day';
import { figureDays, type Home } from '@hems/models/day/figure-days';
import { datesBetween } from '@hems/models/day/open-days';
import { figureToday, type PastHours } from '@hems/models/day/today';
import { ASSUMED_SUPPLY, type Supply } from '@hems/models/household/supply';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Day } from '../api/days.ts';
import { readToday, type Today } from '../api/today.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koReasons } from '../i18n/ko/reasons.ts';
import { ko as koSavings } from '../i18n/ko/savings.ts';
import { ko as koToday } from '../i18n/ko/today.ts';
import { aToday } from '../testing/answers.ts';
import { isFilled, type Loaded } from './card.ts';
import { savingCard } from './savings.ts';
import { todayCards } from './today-saving.ts';

/** Days of random homes, figured as the service does it and told as the cards do it. */

const WORDS = { t: ko, reasons: koReasons };
const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: 0 });
const RUNS = { numRuns: Math.ceil((fc.readConfigureGlobal().numRuns ?? 200) / 8) };
const PAST_DAYS = 30;
const FIGURED_DAYS = 12;

/** Wh of each quarter hour. */
const aLevel = fc.integer({ min: 20, max: 260 });
const aLife = fc.record({
  plan: fc.constantFrom<Supply['plan']>({ plan: 'progressive' }, { plan: 'tou', contractKw: 3 }),
  netMetering: fc.boolean(),
  readingDay: fc.constantFrom<Supply['readingDay']>(1, 15, 'month-end'),
  // from June on the bands of the mainland are known
  date: fc.integer({ min: 0, max: 100 }).map((days) => addDays('2026-08-01', days)),
  /** use of the same home from day to day */
  levelsWh: aLevel.chain((usual) =>
    fc.array(
      fc.integer({ min: -15, max: 15 }).map((percent) => Math.round((usual * (100 + percent)) / 100)),
      { minLength: PAST_DAYS + 1, maxLength: PAST_DAYS + 1 },
    ),
  ),
  slots: fc.integer({ min: 1, max: 96 }),
});
type Life = typeof aLife extends fc.Arbitrary<infer T> ? T : never;

const homeOf = ({ plan, netMetering, readingDay }: Life): Home => ({
  supplies: [
    {
      from: '2025-01-01',
      supply: { ...ASSUMED_SUPPLY, plan, readingDay, netMetering: netMetering && plan.plan === 'progressive' },
    },
  ],
  region: 'mainland',
  isDemo: false,
  hasMeter: true,
});
const quartersOf = (date: LocalDate, wh: number, slots: number): HouseholdQuarter[] =>
  Array.from({ length: slots }, (_, slot) => ({
    startMs: dayStart(date) + slot * SLOT_MS,
    importWh: wh,
    exportWh: slot % 5,
    solarWh: undefined,
    toBatteryWh: undefined,
    fromBatteryWh: undefined,
    loadWh: wh,
    quality: 'good',
  }));
const hoursIn = (wh: number): PastHours => {
  const hours = Array.from({ length: 24 }, () => wh * 4);
  return { importWh: hours, loadWh: hours };
};

/** The days before the date, the last of them with their figures. */
const figuredBy = (life: Life) => {
  const { date, levelsWh } = life;
  const dates = datesBetween(addDays(date, -PAST_DAYS), addDays(date, -1));
  const facts = dates.map((of, index) => deriveDay(of, quartersOf(of, levelsWh[index] ?? 0, 96), 0));
  const figured = figureDays(homeOf(life), facts, dates.slice(-FIGURED_DAYS));
  return {
    facts: facts.slice(0, -FIGURED_DAYS),
    figured: figured.map((one) => ({ ...one.facts, ...one.figures })),
    hours: new Map(dates.map((of, index) => [of, hoursIn(levelsWh[index] ?? 0)])),
  };
};

const todayOf = (life: Life): Today => {
  const { date, levelsWh, slots } = life;
  const { facts, figured, hours } = figuredBy(life);
  const quarters = quartersOf(date, levelsWh[PAST_DAYS] ?? 0, slots);
  const days = [...facts, ...figured];
  const told = figureToday({ home: homeOf(life), date, days, hours, quarters, closed: quarters });
  if (told.saving.status !== 'saved') throw new Error('thirty days are a baseline');
  const { worthWon = null, ...saving } = told.saving;
  const { untilMs, comparedDates } = told;
  return readToday.answer.parse({ ...aToday(), date, untilMs, saving: { ...saving, worthWon, comparedDates } });
};

const wonOf = (amount: string): number => Number(amount.replaceAll(/\D/g, ''));

/** What is shown without its sign has the sign that its word says. */
const expectSameSign = ({ savedWh, worthWon }: { savedWh: number; worthWon?: number | null | undefined }): void =>
  expect(Math.sign(worthWon ?? Number.NaN) * Math.sign(savedWh)).toBeGreaterThanOrEqual(0);

const tilesOf = (today: Today) => {
  const { saving, co2 } = todayCards(loaded(today), dayStart(today.date), { ...WORDS, s: koToday });
  if (!isFilled(saving) || !isFilled(co2)) throw new Error('a day with a saving is told');
  return { won: saving.content.won, energy: saving.content.energy, co2: co2.content.saved };
};

it('no tile of today has won, energy and CO2 of two directions, nor 0 won for a tenth of a kWh', () => {
  fc.assert(
    fc.property(aLife, (life) => {
      const today = todayOf(life);
      const { won, energy, co2 } = tilesOf(today);
      expect([won?.direction, co2?.direction]).toEqual([energy.direction, energy.direction]);
      expect(won?.word).toBe(energy.word);
      if (today.saving.status !== 'saved') throw new Error('thirty days are a baseline');
      expectSameSign(today.saving);
      // credit of a roof may take all of the bill
      const hasCredit = life.netMetering && life.plan.plan === 'progressive';
      const leastWon = !hasCredit && Math.abs(today.saving.savedWh) >= 100 ? 1 : 0;
      expect(wonOf(won?.amount ?? '')).toBeGreaterThanOrEqual(leastWon);
    }),
    RUNS,
  );
});

it('no card of yesterday has two directions either', () => {
  fc.assert(
    fc.property(aLife, (life) => {
      for (const one of figuredBy(life).figured) {
        const { date, saving } = one;
        const day: Day = { ...one, revision: 0, inputsHash: 'hash', state: 'provisional' };
        const days = { householdId: 'home-1', days: [day], saved: null };
        const card = savingCard(loaded(days), addDays(date, 1), { ...WORDS, s: koSavings });
        if (saving?.status !== 'saved') continue;
        if (!isFilled(card)) throw new Error('it is told');
        const words = card.content.figures.slice(0, 2).map(({ value }) => value.replace(/^(₩[\d,]+|[\d.,]+ kWh) /, ''));
        expect(words[0]).toBe(words[1]);
        expectSameSign(saving);
      }
    }),
    RUNS,
  );
});
