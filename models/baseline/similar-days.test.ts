import { describe, expect, test } from 'vitest';
import { addDays, type LocalDate } from '../calendar/seoul.ts';
import type { Baseline, NoBaseline, Use } from './baseline.ts';
import { candidateDays } from './candidate-days.ts';
import { asNumber } from './exact-wh.ts';
import {
  MAX_4_OF_5,
  MID_6_OF_10,
  MID_6_OF_10_SCREENED,
  MID_8_OF_10,
  OWN_DAY_DEFAULT,
  TEN_OF_TEN,
  TEN_OF_TEN_SAME_DAY,
  TEN_OF_TEN_SAME_KIND,
  type SimilarDayMethod,
} from './methods.ts';
import { similarDayBaseline, type SimilarDayCase, type WindowHistory } from './similar-days.ts';
import { trimmedMean } from './trimmed-mean.ts';

const EVENT = { eventDate: '2026-11-20', earlierEventDates: new Set<LocalDate>() };
/** The worked example of the fact sheet, most recent weekday first. */
const WORKED = [1100, 1250, 950, 1400, 1050, 1600, 1150, 800, 1300, 1200];
const good = (wh: number): Use => ({ wh, quality: 'good' });
const historyOf = (uses: readonly Use[], event = EVENT): WindowHistory =>
  new Map(candidateDays(event, uses.length).dates.map((date, i) => [date, uses[i]!]));
const worked = (over: Record<number, Use> = {}, more: readonly Use[] = []): WindowHistory =>
  historyOf([...WORKED.map((wh, i) => over[i] ?? good(wh)), ...more]);

const baseline = (method: SimilarDayMethod, over: Partial<SimilarDayCase> = {}): Baseline => {
  const answer = similarDayBaseline(method, { ...EVENT, history: worked(), ...over });
  if (answer.status !== 'baseline') throw new Error(JSON.stringify(answer));
  return answer;
};
const refusal = (method: SimilarDayMethod, history: WindowHistory, over: Partial<SimilarDayCase> = {}): NoBaseline => {
  const answer = similarDayBaseline(method, { ...EVENT, history, ...over });
  if (answer.status !== 'refused') throw new Error('there is a baseline');
  return answer;
};

describe('a baseline from similar days', () => {
  test.each([
    [MID_6_OF_10, 1175],
    [MAX_4_OF_5, 1200],
    [MID_8_OF_10, 1175],
    [TEN_OF_TEN, 1180],
  ])('$name of the worked example', (method, wh) => {
    const answer = baseline(method);
    expect(asNumber(answer.expected)).toBe(wh);
    expect(answer).toMatchObject({ method: method.id, version: 1, quality: 'good', remarks: [] });
  });

  test('names every day it looked at, and what became of it', () => {
    const { evidence } = baseline(MID_6_OF_10);
    expect(evidence.map(({ period, wh, fate }) => `${period} ${wh} ${fate}`)).toEqual([
      '2026-11-19 1100 used',
      '2026-11-18 1250 used',
      '2026-11-17 950 dropped-low',
      '2026-11-16 1400 dropped-high',
      '2026-11-13 1050 used',
      '2026-11-12 1600 dropped-high',
      '2026-11-11 1150 used',
      '2026-11-10 800 dropped-low',
      '2026-11-09 1300 used',
      '2026-11-06 1200 used',
    ]);
  });

  test('has an 80 % interval around it, wider for a home whose days differ more', () => {
    const calm = baseline(TEN_OF_TEN, {
      history: historyOf([990, 1010, 1000, 1005, 995, 990, 1010, 1000, 1005, 995].map(good)),
    });
    const restless = baseline(TEN_OF_TEN);
    const width = ({ interval }: Baseline): number => interval!.highWh - interval!.lowWh;
    expect(calm.interval).toEqual({ lowWh: 989, highWh: 1011, confidencePercent: 80 });
    expect(width(restless)).toBeGreaterThan(10 * width(calm));
  });

  test('a day of an earlier event is no candidate', () => {
    const event = { ...EVENT, earlierEventDates: new Set(['2026-11-19']) };
    const { evidence } = baseline(TEN_OF_TEN, { ...event, history: worked({}, [good(900)]) });
    expect(evidence.map(({ period }) => period)).not.toContain('2026-11-19');
    expect(evidence).toHaveLength(10);
  });
});

describe('the data-quality gate', () => {
  test('a missing or bad day is replaced by an earlier one, as far back as twice the count', () => {
    const over = { 0: { wh: 0, quality: 'missing' }, 3: { wh: 99_000, quality: 'bad' } } as const;
    const answer = baseline(TEN_OF_TEN, { history: worked(over, [good(1000), good(1000)]) });
    expect(answer.evidence).toHaveLength(10);
    expect(asNumber(answer.expected)).toBe((11_800 - 1100 - 1400 + 2000) / 10);
    const gone = historyOf([
      ...Array.from({ length: 17 }, (): Use => ({ wh: 0, quality: 'missing' })),
      ...[1, 2, 3, 4, 5].map(good),
    ]);
    expect(refusal(TEN_OF_TEN, gone)).toMatchObject({
      code: 'insufficient-history',
      detail: '3 usable days; at least 4 are needed',
    });
  });

  test('fewer days than prescribed but four or more give a baseline that says so', () => {
    const answer = baseline(MID_6_OF_10, { history: historyOf([1000, 2000, 1500, 1700, 1600, 900].map(good)) });
    expect(answer.remarks).toEqual(['short-history']);
    // one high and one low dropped, four remain
    expect(asNumber(answer.expected)).toBe((1000 + 1500 + 1700 + 1600) / 4);
  });

  test.each([
    ['no day at all', []],
    ['three days', [1100, 1250, 950]],
  ])('%s: refused, never 0', (_, wh) => {
    expect(refusal(MAX_4_OF_5, historyOf(wh.map(good))).code).toBe('insufficient-history');
  });

  test('estimated days lower the quality; more than a third of them refuse', () => {
    const estimated = (wh: number): Use => ({ wh, quality: 'estimated' });
    expect(baseline(TEN_OF_TEN, { history: worked({ 0: estimated(1100) }) }).quality).toBe('estimated');
    const many = worked(Object.fromEntries([0, 1, 2, 3].map((i) => [i, estimated(WORKED[i]!)])));
    expect(refusal(TEN_OF_TEN, many).code).toBe('estimated-history');
  });

  test('where the holidays of a year are unknown the reason is that, not a lack of data', () => {
    const event = { eventDate: '2028-01-10', earlierEventDates: new Set<LocalDate>() };
    expect(refusal(TEN_OF_TEN, new Map(), event).code).toBe('holiday-table-ends');
  });

  test('another calendar can be handed in', () => {
    const calendar = () => 'weekday' as const;
    expect(candidateDays({ ...EVENT, calendar }, 3).dates).toEqual(['2026-11-19', '2026-11-18', '2026-11-17']);
    expect(candidateDays({ eventDate: '2015-03-03', earlierEventDates: new Set(), calendar }, 1).dates).toEqual([
      '2015-03-02',
    ]);
  });
});

describe('screening', () => {
  test('a day under 75 % of the mean is passed over for an earlier one, and the baseline says so', () => {
    const answer = baseline(MID_6_OF_10_SCREENED, { history: worked({}, [good(1000)]) });
    expect(asNumber(answer.expected)).toBe(1175);
    expect(answer.evidence.find(({ wh }) => wh === 800)?.fate).toBe('screened');
    expect(answer.remarks).toEqual(['screened-day']);
    expect(answer.provisional.map(({ code }) => code)).toEqual(['O11']);
  });

  test('an earlier day that is low as well is passed over too', () => {
    expect(trimmedMean(MID_6_OF_10_SCREENED, [...WORKED, 500, 1000])?.fates.slice(10)).toEqual([
      'screened',
      'dropped-low',
    ]);
  });
});

describe('same-day adjustment', () => {
  const before = (...actual: number[]): NonNullable<SimilarDayCase['before']> =>
    actual.map((wh) => ({ actual: good(wh), history: historyOf(Array.from({ length: 10 }, () => good(1000))) }));

  test('a home that used 60 Wh more than usual before the event is expected to go on doing so', () => {
    expect(asNumber(baseline(TEN_OF_TEN_SAME_DAY, { before: before(1030, 1060, 1090) }).expected)).toBe(1240);
  });

  test('the shift is capped at 20 %, up and down', () => {
    const up = baseline(TEN_OF_TEN_SAME_DAY, { before: before(9000, 9000, 9000) });
    expect([asNumber(up.expected), up.remarks]).toEqual([1416, ['adjustment-capped']]);
    expect(asNumber(baseline(TEN_OF_TEN_SAME_DAY, { before: before(0, 0, 0) }).expected)).toBe(944);
  });

  test('without the hours before the event it is the plain mean, and says so', () => {
    const answer = baseline(TEN_OF_TEN_SAME_DAY);
    expect([asNumber(answer.expected), answer.remarks]).toEqual([1180, ['no-same-day-hours']]);
  });
});

describe('whole days', () => {
  const daysBack = (count: number): LocalDate[] =>
    Array.from({ length: count }, (_, i) => addDays(EVENT.eventDate, -1 - i));
  const steady = (wh: (date: LocalDate, back: number) => number): WindowHistory =>
    new Map(daysBack(90).map((date, i) => [date, good(wh(date, i + 1))]));

  test('a Sunday is compared with Saturdays, Sundays and public holidays', () => {
    const { dates } = candidateDays({ ...EVENT, eventDate: '2026-10-11' }, 6, 'same-kind');
    // 2026-10-09 is Hangeul Day, 2026-10-05 the substitute of National Foundation Day
    expect(dates).toEqual(['2026-10-10', '2026-10-09', '2026-10-05', '2026-10-04', '2026-10-03', '2026-09-27']);
    expect(candidateDays({ ...EVENT, eventDate: '2028-01-10' }, 6, 'same-kind')).toEqual({ dates: [], known: false });
  });

  test('a home that has used a tenth more on each of the three days before is expected to go on doing so', () => {
    const more = steady((_, back) => (back <= 3 ? 11_000 : 10_000));
    const { expected, remarks } = baseline(OWN_DAY_DEFAULT, { history: more });
    // the mean of ten holds three of the days: 10,300; each of them stood above the mean of the ten before it
    const before = [11_000 - 10_200, 11_000 - 10_100, 11_000 - 10_000];
    expect(asNumber(expected)).toBeCloseTo(10_300 + before.reduce((a, b) => a + b) / 3, 9);
    expect(remarks).toEqual([]);
  });

  test('the three days before of an event that lasts are those before it began', () => {
    const more = steady((_, back) => (back > 14 && back <= 17 ? 11_000 : 10_000));
    const lasting = { ...EVENT, earlierEventDates: new Set(daysBack(14)) };
    const { evidence, expected } = baseline(OWN_DAY_DEFAULT, { ...lasting, history: more });
    expect(evidence[0]?.period).toBe('2026-11-05');
    expect(asNumber(expected)).toBeGreaterThan(11_000);
  });

  test('three wild days shift it by 40 % at most, and it says so', () => {
    const wild = baseline(OWN_DAY_DEFAULT, { history: steady((_, back) => (back <= 3 ? 90_000 : 10_000)) });
    const plain = baseline(TEN_OF_TEN_SAME_KIND, { history: steady((_, back) => (back <= 3 ? 90_000 : 10_000)) });
    expect(asNumber(wild.expected)).toBeCloseTo(1.4 * asNumber(plain.expected), 6);
    expect(wild.remarks).toEqual(['adjustment-capped']);
  });

  test('without readings of the three days before it is the plain mean, and says so', () => {
    const silent = new Map([...steady(() => 10_000)].filter(([date]) => date < '2026-11-17'));
    const answer = baseline(OWN_DAY_DEFAULT, { history: silent });
    expect([asNumber(answer.expected), answer.remarks]).toEqual([10_000, ['no-days-before']]);
  });
});
