import { describe, expect, test } from 'vitest';
import type { Use } from '../baseline/baseline.ts';
import { candidateDays } from '../baseline/candidate-days.ts';
import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { whyNotCalled } from './calls.ts';
import { freezeEventUse, planEvent, rulingOf, type UseAt } from './event-inputs.ts';
import { eventPay } from './events.ts';
import { exactly } from '../baseline/exact-wh.ts';
import { settlementInputs, type EventUseInputs } from './inputs.ts';
import { fixMethod, planFit } from './method-fit.ts';
import { NATIONAL_DR } from './rows/events.ts';
import type { SavingEvent } from './saving-event.ts';
import { settleInputs } from './settle.ts';

/** korea.md 3.1, 18–19 h, most recent weekday first. */
const PROFILE = [1100, 1250, 950, 1400, 1050, 1600, 1150, 800, 1300, 1200];
const EVENT: SavingEvent = {
  eventId: 'dr-2026-10-14',
  programme: 'national-dr',
  date: '2026-10-14',
  fromHour: 18,
  toHour: 19,
};
const NONE: ReadonlySet<LocalDate> = new Set();
const { dates } = candidateDays({ eventDate: EVENT.date, earlierEventDates: NONE }, 20);
const good = (wh: number): Use => ({ wh, quality: 'good' });

/** The profile in each hour, and so much on the day of the event. */
const profile =
  (actualWh: number, over: Partial<Record<LocalDate, Use | null>> = {}): UseAt =>
  (date) => {
    if (date in over) return over[date] ?? undefined;
    if (date === EVENT.date) return good(actualWh);
    const wh = PROFILE[dates.indexOf(date)];
    return wh === undefined ? undefined : good(wh);
  };

const frozen = (event: SavingEvent, useAt: UseAt, method?: string): EventUseInputs => {
  const ruling = rulingOf(event, method);
  if ('status' in ruling) throw new Error(ruling.detail);
  return freezeEventUse(planEvent(event, ruling, NONE), useAt);
};
const paid = (useAt: UseAt, method?: string) =>
  settleInputs({ programme: 'national-dr', ...frozen(EVENT, useAt, method) });

describe('an event of national demand response', () => {
  test.each([
    ['mid-6-of-10', 422, 1175],
    ['max-4-of-5', 455, 1200],
  ])('850 Wh in the hour, %s: %i won', (method, won, wh) => {
    expect(paid(profile(850), method)).toMatchObject({
      reward: { amount: won, unit: 'won', provisional: [{ code: 'aggregator-price' }] },
      baseline: { method, wh },
    });
  });

  test('a home without a fixed method, or with one the rule does not name, is held against the first of the rule', () => {
    expect(paid(profile(850))).toMatchObject({ baseline: { method: 'mid-6-of-10' } });
    expect(paid(profile(850), 'mid-8-of-10')).toMatchObject({ baseline: { method: 'mid-6-of-10' } });
  });

  test('use above the baseline earns nothing and costs nothing', () => {
    expect(paid(profile(1300))).toMatchObject({ reward: { amount: 0, remarks: ['no-saving'] } });
  });

  test('of two hours each has its own baseline, and the won are floored once', () => {
    const event = { ...EVENT, toHour: 20 };
    const answer = settleInputs({ programme: 'national-dr', ...frozen(event, profile(850)) });
    // 2 × 325 Wh × 1,300 won/kWh = 845; twice 422 would be 844
    expect(answer).toMatchObject({ reward: { amount: 845 }, baseline: { wh: 2350 } });
  });

  test('an hour above its baseline takes nothing from the hour before it', () => {
    const hours = [
      { baseline: exactly(1175), actualWh: 850 },
      { baseline: exactly(1175), actualWh: 2000 },
    ];
    expect(eventPay(NATIONAL_DR.versions[0]!, hours)).toMatchObject({ amount: 422, savingBasisPoints: -2127 });
  });

  test.each([
    ['the hour of the event', { [EVENT.date]: null }, 'missing-use'],
    [
      'the hour of the event but for a bad reading',
      { [EVENT.date]: { wh: 0, quality: 'bad' as const } },
      'missing-use',
    ],
    [
      'all but three days before it',
      Object.fromEntries(dates.slice(3).map((date) => [date, null])),
      'insufficient-history',
    ],
  ])('%s is not known: no pay, and the reason', (_what, over, code) => {
    expect(paid(profile(850, over))).toMatchObject({ status: 'refused', code });
  });

  test('on a day whose candidates reach into a year without a table of holidays is refused', () => {
    const event = { ...EVENT, date: '2025-01-06' };
    expect(settleInputs({ programme: 'national-dr', ...frozen(event, () => good(900)) })).toMatchObject({
      code: 'holiday-table-ends',
    });
  });

  test('days on which the home was called stand for no other day', () => {
    const ruling = rulingOf(EVENT, undefined);
    if ('status' in ruling) throw new Error(ruling.detail);
    const plan = planEvent(EVENT, ruling, new Set([dates[0]!]));
    expect(plan.candidates.slice(0, 2)).toEqual([dates[1], dates[2]]);
  });

  test('what is frozen survives JSON, and holds nothing but what the reward rests on', () => {
    const inputs = { programme: 'national-dr' as const, ...frozen(EVENT, profile(850)) };
    const again = settlementInputs.parse(JSON.parse(JSON.stringify(inputs)));
    expect(settleInputs(again)).toEqual(settleInputs(inputs));
    expect(inputs.hours.map(({ hour, history }) => [hour, Object.keys(history)])).toEqual([[18, dates.slice(0, 10)]]);
  });
});

describe('a mission', () => {
  const event = { ...EVENT, programme: 'apartment-mission' };
  const missionOf = (actualWh: number, successesBefore = 0) =>
    settleInputs({ programme: 'apartment-mission', ...frozen(event, profile(actualWh)), successesBefore });

  test('850 Wh against 1,175 (mid 8 of 10) is a cut of 27.7 %: 1,000 points', () => {
    expect(missionOf(850)).toMatchObject({
      reward: { amount: 1000, unit: 'points', savingBasisPoints: 2765 },
      baseline: { method: 'mid-8-of-10', wh: 1175 },
    });
  });

  test('1,058 Wh is a cut of 9.96 %: nothing', () => {
    expect(missionOf(1058)).toMatchObject({ reward: { amount: 0, remarks: ['below-floor'] } });
  });

  test('the hundred and first success of a year counts and pays nothing', () => {
    expect(missionOf(850, 99)).toMatchObject({ reward: { amount: 1000 } });
    expect(missionOf(850, 100)).toMatchObject({ reward: { amount: 0, remarks: ['yearly-cap-reached'] } });
  });
});

describe('an event of our own', () => {
  const event = { ...EVENT, programme: 'per-home-dr-target', points: 500 };
  /** 1,000 Wh in every hour of the past; on the day so much in the hour of the event, and so much in each before it. */
  const settle = (wh: number, whBefore = 1000) => {
    const useAt: UseAt = (date, hour) => good(date !== EVENT.date ? 1000 : hour === EVENT.fromHour ? wh : whBefore);
    return settleInputs({ programme: 'per-home-dr-target', ...frozen(event, useAt), points: 500 });
  };

  test('a home of 1,000 Wh is asked for 225 Wh: at 775 it earns the points of the event, at 776 it does not', () => {
    expect(settle(775)).toMatchObject({
      reward: { amount: 500, unit: 'points' },
      baseline: { method: 'ten-of-ten', wh: 1000 },
    });
    expect(settle(776)).toMatchObject({ reward: { amount: 0, remarks: ['below-target'] } });
  });

  test('who has heard of the event and uses 2 kWh more in each hour before it gains nothing', () => {
    expect(settle(776, 3000)).toEqual(settle(776));
    expect(settle(950, 3000)).toMatchObject({ reward: { amount: 0 }, baseline: { wh: 1000 } });
  });
});

describe('what a programme may call for', () => {
  test.each([
    ['national-dr', '2026-10-14', 6, 21, undefined],
    ['national-dr', '2026-10-14', 5, 7, 'not-in-force'],
    ['national-dr', '2026-10-14', 20, 22, 'not-in-force'],
    ['national-dr', '2026-10-17', 18, 19, 'not-in-force'],
    ['national-dr', '2026-10-18', 18, 19, 'not-in-force'],
    ['national-dr', '2026-10-09', 18, 19, 'not-in-force'],
    ['national-dr', '2028-10-11', 18, 19, 'holiday-table-ends'],
    ['national-dr', '2021-10-13', 18, 19, 'not-in-force'],
    ['apartment-mission', '2026-10-17', 0, 24, undefined],
    ['per-home-dr-target', '2026-10-18', 22, 24, undefined],
    ['energy-cashback', '2026-10-14', 18, 19, 'unknown-rule'],
  ])('%s on %s from %i to %i h: %s', (programme, date, fromHour, toHour, code) => {
    const call = { ...EVENT, programme, date, fromHour, toHour };
    expect(whyNotCalled(call)?.code).toBe(code);
    const ruling = rulingOf(call, undefined);
    expect('status' in ruling ? ruling.code : undefined).toBe(code);
  });
});

describe('the method fixed at enrolment', () => {
  const rule = NATIONAL_DR.versions[0]!.rule;
  const past = { date: EVENT.date, calledOn: NONE };
  const plan = planFit(rule, EVENT.date, NONE);

  test('looks at thirty weekdays in the hours of calls', () => {
    expect(plan.dates).toHaveLength(30);
    expect([plan.hours[0], plan.hours.at(-1)]).toEqual([6, 20]);
  });

  test('is the one of the smaller error: a home that rises fits the last five days, one that swings the middle six of ten', () => {
    const rank = (date: LocalDate): number => plan.dates.indexOf(date);
    const rising = fixMethod(rule, { ...past, useAt: (date) => good(2000 - 50 * rank(date)) });
    expect(rising).toMatchObject({ method: 'max-4-of-5', by: 'fit' });
    const swinging = fixMethod(rule, { ...past, useAt: (date) => good(rank(date) % 2 === 0 ? 1500 : 500) });
    expect(swinging).toMatchObject({ method: 'mid-6-of-10', by: 'fit' });
    const [mid, max] = rising.fits;
    expect(max!.rrmse!).toBeLessThan(mid!.rrmse!);
  });

  test('is the first of the rule where too little is known', () => {
    expect(fixMethod(rule, { ...past, useAt: () => undefined })).toEqual({
      method: 'mid-6-of-10',
      by: 'rule',
      fits: [
        { method: 'mid-6-of-10', rrmse: null },
        { method: 'max-4-of-5', rrmse: null },
      ],
    });
  });

  test('rests on no day after enrolment', () => {
    const asked = new Set<LocalDate>();
    fixMethod(rule, { ...past, useAt: (date) => (asked.add(date), good(1000)) });
    expect([...asked].filter((date) => date >= EVENT.date)).toEqual([]);
    expect([...asked].toSorted()[0]! >= addDays(EVENT.date, -60)).toBe(true);
  });
});
