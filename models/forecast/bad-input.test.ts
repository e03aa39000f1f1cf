import { describe, expect, test } from 'vitest';
import { dayStart } from '../calendar/seoul.ts';
import { answerLine } from './answer-line.ts';
import { forecastAnswer, type ForecastAnswer, type ForecastRequest } from './answer.ts';
import { HOURS } from './series.ts';
import { aHome, smallModels } from './testing/homes.ts';

/** What a meter, a gateway or a caller gets wrong, as the lines that the image and the Lambda are handed. */

const models = smallModels();
const usual = (days: number): (number | null)[] => [...aHome('a', days).wh];
const bell = (hour: number): number => Math.max(0, Math.round(3000 * Math.sin(((hour - 6) / 12) * Math.PI)));
const sun = (hours: number): number[] => Array.from({ length: hours }, (_, at) => bell(at % HOURS));
const lineOf = (wh: readonly (number | null)[], over: Partial<Record<keyof ForecastRequest, unknown>> = {}): string =>
  JSON.stringify({
    id: 'home-1',
    firstDate: '2026-06-01',
    wh,
    pvWh: sun(wh.length),
    place: { latitude: 37.57, longitude: 126.98 },
    cloudPermille: Array.from({ length: wh.length + 48 }, (_, at) => (at * 37) % 1000),
    issuedAt: '2026-07-31T00:05:00+09:00',
    ...over,
  });
const answerTo = (line: string): ForecastAnswer => forecastAnswer.parse(JSON.parse(answerLine(models, line)));

const DAYS_A_MONTH = 31;
const largestDayOf = (wh: readonly (number | null)[]): number =>
  Math.max(
    0,
    ...Array.from({ length: Math.ceil(wh.length / HOURS) }, (_, day) => {
      const known = wh.slice(day * HOURS, (day + 1) * HOURS).flatMap((one) => one ?? []);
      return (HOURS * known.reduce((sum, one) => sum + one, 0)) / Math.max(1, known.length);
    }),
  );

/** No range reaches beyond days that are all like the largest known; twice that for one day. */
const expectBounded = ({ days, month }: ForecastAnswer, wh: readonly (number | null)[]): void => {
  const most = largestDayOf(wh) + 1;
  for (const { p90Wh } of days) expect(p90Wh).toBeLessThanOrEqual(2 * most);
  if (month) expect(month.p90Wh).toBeLessThanOrEqual(DAYS_A_MONTH * most);
};

/** Whole Wh from 0 on, by the schema; in order; every hour after the last and each day once. */
const expectSound = ({ hours, solar, days, today, tomorrow, month }: ForecastAnswer): void => {
  for (const { p10Wh, p50Wh, p90Wh } of hours) expect(p10Wh <= p50Wh && p50Wh <= p90Wh).toBe(true);
  for (const total of [...(solar ?? []), ...days, today, tomorrow, month])
    if (total) expect(total.p10Wh <= total.meanWh && total.meanWh <= total.p90Wh).toBe(true);
  for (const list of [hours, solar ?? []])
    expect(list.map(({ ts }) => ts)).toEqual(list.map((_, i) => list[0]!.ts + i * 3_600_000));
  expect(new Set(days.map(({ date }) => date)).size).toBe(days.length);
};

const changed = (from: number, to: number, change: (wh: number | null, at: number) => number | null) =>
  usual(60).map((wh, at) => (at >= from && at < to ? change(wh, at) : wh));
const LAST_WEEK = [53 * HOURS, 60 * HOURS] as const;

describe('a home whose meter', () => {
  test.each([
    ['has just been fitted', [], 0],
    ['has been there for an hour', usual(1).slice(0, 1), 0],
    ['has been there for a day', usual(1), 48],
    ['has been there for three days', usual(3), 48],
    ['has read nothing but zero for a year', usual(365).map(() => 0), 48],
    ['jumped by a thousand kWh in one hour', changed(1400, 1401, () => 1_000_000), 48],
    ['jumps every other day', changed(0, 1440, (wh, at) => (at % 48 === 7 ? 800_000 : wh)), 48],
    ['was ten times as high for the last week', changed(...LAST_WEEK, (wh) => (wh ?? 0) * 10), 48],
    ['said nothing for the last three weeks', changed(39 * HOURS, 60 * HOURS, () => null), 48],
    ['said nothing for the last six weeks', changed(18 * HOURS, 60 * HOURS, () => null), 0],
    [
      'is back this morning after six weeks of silence',
      [...changed(18 * HOURS, 60 * HOURS, () => null), ...usual(1).slice(0, 7)],
      0,
    ],
    ['rested for five weeks and runs again', changed(5 * HOURS, 50 * HOURS, (_, at) => (at % 60 === 0 ? 1 : 0)), 48],
    ['lost its clock and skips every third hour', changed(0, 1440, (wh, at) => (at % 3 === 0 ? null : wh)), 48],
    ['speaks in the forenoon only', changed(0, 1440, (wh, at) => (at % HOURS < 12 ? wh : null)), 48],
    [
      'stood still for a week and gave it all in one hour',
      changed(1272, 1440, (_, at) => (at === 1439 ? 90_000 : 0)),
      48,
    ],
  ])('%s gets sound numbers or none', (_what, wh, hours) => {
    const answer = answerTo(lineOf(wh));
    expectSound(answer);
    expectBounded(answer, wh);
    expect(answer.hours).toHaveLength(hours);
    expect(answer.hours[0]?.ts).toBe(hours === 0 ? undefined : dayStart('2026-06-01') + wh.length * 3_600_000);
    expect(answer.status).toBe(hours === 0 ? 'collecting' : 'ready');
  });
});

test('a week of ten times the use does not move the days after tomorrow beyond it', () => {
  const [before, after] = [usual(60), changed(...LAST_WEEK, (wh) => (wh ?? 0) * 10)].map((wh) => answerTo(lineOf(wh)));
  for (const [i, { meanWh }] of after!.days.entries()) {
    expect(meanWh).toBeGreaterThan(before!.days[i]!.meanWh);
    expect(meanWh).toBeLessThan(10 * before!.days[i]!.meanWh);
  }
});

test('generation that is read in part, too long or nothing but zero is sound too', () => {
  const wh = usual(60);
  for (const pvWh of [
    [],
    [5],
    sun(10),
    sun(3000),
    wh.map(() => 0),
    wh.map(() => null),
    wh.map((_, at) => (at % 5 ? null : 900_000)),
  ])
    expectSound(answerTo(lineOf(wh, { pvWh })));
  expect(answerTo(lineOf(wh, { pvWh: [] })).solar).toBeNull();
  expect(answerTo(lineOf(wh, { pvWh: wh.map(() => 0) })).solar!.every(({ p90Wh }) => p90Wh === 0)).toBe(true);
});

describe('a line that is no request says why, and which part', () => {
  test.each([
    ['a use below zero', lineOf([100, -5]), /^wh\.1: /],
    ['a use that no connection carries', lineOf([2_000_000]), /^wh\.0: /],
    ['a use as text', lineOf([]).replace('"wh":[]', '"wh":["5"]'), /^wh\.0: /],
    ['no use at all', lineOf([], { wh: undefined }), /^wh: /],
    ['four years of hours', lineOf(Array.from({ length: 4 * 365 * HOURS }, () => 1)), /^wh: /],
    ['a date that does not exist', lineOf(usual(2), { firstDate: '2026-02-30' }), /^firstDate: /],
    ['a month that does not exist', lineOf(usual(2), { firstDate: '2026-13-01' }), /^firstDate: /],
    ['a place off the globe', lineOf(usual(2), { place: { latitude: 95, longitude: 0 } }), /^place\.latitude: /],
    ['more cloud than sky', lineOf(usual(2), { cloudPermille: [1001] }), /^cloudPermille\.0: /],
    ['a bill of nothing', lineOf([], { monthlyBillWh: 0 }), /^monthlyBillWh: /],
    ['half a line', lineOf(usual(2)).slice(0, 40), /JSON/],
    ['nothing', '', /JSON/],
  ])('%s', (_what, line, why) => {
    expect(JSON.parse(answerLine(models, line))).toEqual({ error: expect.stringMatching(why) });
  });
});

test('a bad line among good ones costs its own line only, whatever it is and wherever it stands', () => {
  const good = ['x', 'yy', 'zzz'].map((id) => lineOf(usual(3), { id }));
  const alone = good.map((line) => answerLine(models, line));
  for (const bad of ['{"id":', 'null', '[]', '"', lineOf([-1])]) {
    const answers = good.flatMap((line) => [line, bad]).map((line) => answerLine(models, line));
    expect(answers.filter((_, i) => i % 2 === 0)).toEqual(alone);
    for (const answer of answers.filter((_, i) => i % 2 === 1)) expect(JSON.parse(answer)).toHaveProperty('error');
  }
});
