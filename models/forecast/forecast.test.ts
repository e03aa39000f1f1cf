import { describe, expect, test } from 'vitest';
import { forecastAnswer, forecastRequest, type ForecastRequest } from './answer.ts';
import { forecastHome } from './forecast.ts';
import { HOURS } from './series.ts';
import { aHome, smallModels } from './testing/homes.ts';

const models = smallModels();
const whOf = (days: number, level = 1): number[] => [...aHome('a', days, level).wh];
const aRequest = (over: Partial<ForecastRequest> = {}): ForecastRequest => ({
  id: 'home-1',
  firstDate: '2026-06-01',
  wh: whOf(60),
  issuedAt: '2026-07-31T00:05:00+09:00',
  ...over,
});
const answerTo = (over: Partial<ForecastRequest> = {}) => {
  const request = forecastRequest.parse(aRequest(over));
  return forecastAnswer.parse(forecastHome(models, request));
};

describe('a home with two months of readings', () => {
  const answer = answerTo();

  test('is told the 48 hours from now, and what made them', () => {
    expect(answer.hours).toHaveLength(48);
    expect(answer.hours[0]!.ts).toBe(Date.UTC(2026, 6, 30, 15));
    expect(answer.status).toBe('ready');
    expect(answer.modelVersion).toBe('small-1');
    expect(answer.issuedAt).toBe('2026-07-31T00:05:00+09:00');
    expect(new Set(answer.hours.map(({ source }) => source))).toEqual(new Set(['model']));
  });

  test('sees the evening above the night, and the 7-day mean beside it', () => {
    expect(answer.hours[19]!.p50Wh).toBeGreaterThan(2 * answer.hours[3]!.p50Wh);
    const mean = [53, 54, 55, 56, 57, 58, 59].reduce((sum, day) => sum + whOf(60)[day * HOURS + 19]!, 0) / 7;
    expect(answer.hours[19]!.naiveWh).toBe(Math.round(mean));
  });

  test('gets totals that hold their own mean', () => {
    for (const total of [answer.today!, answer.tomorrow!, answer.month!]) {
      expect(total.p10Wh).toBeLessThanOrEqual(total.meanWh);
      expect(total.meanWh).toBeLessThanOrEqual(total.p90Wh);
    }
    // 30 of July's 31 days are over
    const july = whOf(60).slice(30 * HOURS);
    expect(answer.month!.p10Wh).toBeGreaterThanOrEqual(july.reduce((sum, wh) => sum + wh, 0) - 1);
  });

  test('is shown how the last four weeks went, beside the 7-day mean', () => {
    expect(answer.scorecard).toMatchObject({ days: 28 });
    expect(answer.scorecard!.accuracy).toBeGreaterThan(50);
  });
});

test('at three in the afternoon the rest of today counts what is used already', () => {
  const wh = whOf(60).slice(0, 59 * HOURS + 15);
  const answer = answerTo({ wh });
  expect(answer.hours).toHaveLength(9 + 24);
  const used = wh.slice(-15).reduce((sum, one) => sum + one, 0);
  expect(answer.today!.p10Wh).toBeGreaterThanOrEqual(used);
});

test('an hour of an oven lifts the hours after it, less and less', () => {
  const usual = whOf(60).slice(0, 59 * HOURS + 15);
  const oven = [...usual.slice(0, -1), usual.at(-1)! + 1500];
  const lift = (at: number): number =>
    answerTo({ wh: oven }).hours[at]!.p50Wh - answerTo({ wh: usual }).hours[at]!.p50Wh;
  expect(lift(1)).toBeGreaterThan(lift(3));
  expect(lift(3)).toBeGreaterThan(lift(12));
  expect(Math.abs(lift(20))).toBeLessThan(lift(1) / 10);
});

describe('a young home', () => {
  test.each([0, 1, 23])('with %i hours of readings has no number', (count) => {
    const answer = answerTo({ wh: whOf(2).slice(0, count) });
    expect(answer).toMatchObject({ status: 'collecting', hours: [], today: null, month: null });
  });

  test('with a bill gets a usual day of its size, named as such', () => {
    const answer = answerTo({ wh: [], monthlyBillWh: 300_000 });
    expect(new Set(answer.hours.map(({ source }) => source))).toEqual(new Set(['profile']));
    const day = answer.hours.slice(0, 24).reduce((sum, { meanWh }) => sum + meanWh, 0);
    expect(day / 1000).toBeCloseTo((300 * 12) / 365, 0);
  });

  test.each([1, 3])('with %i days of readings has a forecast of the model', (days) => {
    const answer = answerTo({ wh: whOf(days) });
    expect(answer.hours).toHaveLength(48);
    expect(answer.hours.every(({ p10Wh, p90Wh }) => p10Wh <= p90Wh)).toBe(true);
  });
});

describe('what a forecast is not shown for', () => {
  const bell = (hour: number): number => Math.max(0, Math.round(3000 * Math.sin(((hour - 6) / 12) * Math.PI)));
  const pvWh = Array.from({ length: 60 * HOURS }, (_, i) => (i % HOURS > 5 && i % HOURS < 19 ? bell(i % HOURS) : 0));

  test('is a load channel that follows the sun and rests at night: a sensor on the wrong line', () => {
    expect(answerTo({ wh: pvWh.map((wh) => Math.round(wh * 0.9)), pvWh })).toMatchObject({
      status: 'wiring',
      hours: [],
    });
  });
  test('is not a home that merely uses more by day', () => {
    expect(answerTo({ wh: pvWh.map((wh) => wh + 300), pvWh }).status).toBe('ready');
  });
  test('nor a home with generation and a usual evening', () => {
    expect(answerTo({ pvWh }).status).toBe('ready');
  });

  test('is a home of which the 7-day mean knew more for four weeks: its own usual hours are, named as withheld', () => {
    // a heater on a timer: every day the same, at hours of its own
    const wh = Array.from({ length: 60 * HOURS }, (_, i) => ([2, 3, 11].includes(i % HOURS) ? 4000 : 100));
    const answer = answerTo({ wh });
    expect(answer.scorecard).toMatchObject({ naiveAccuracy: 100 });
    expect(answer.notices).toContain('withheld');
    expect(answer.hours[2]).toMatchObject({ source: 'withheld', p50Wh: 4000, meanWh: 4000 });
  });
});

test('a home of nothing but zeros is expected to use nothing, and told to be away', () => {
  const answer = answerTo({ wh: whOf(365).map(() => 0) });
  expect(answer.notices).toContain('absence');
  expect(answer.hours.map(({ p90Wh }) => p90Wh)).toEqual(answer.hours.map(() => 0));
});

test('a week of ten times the use is a drift', () => {
  const wh = whOf(60).map((one, i) => (i >= 53 * HOURS ? one * 10 : one));
  expect(answerTo({ wh }).notices).toContain('drift');
  expect(answerTo().notices).toEqual([]);
});

test('after four weeks of silence nothing is known of a home', () => {
  const silent = Array.from({ length: 30 * HOURS }, () => null);
  expect(answerTo({ wh: [...whOf(30), ...silent] }).status).toBe('collecting');
});
