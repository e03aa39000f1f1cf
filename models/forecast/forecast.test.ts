import { describe, expect, test } from 'vitest';
import { forecastAnswer, forecastRequest, type ForecastRequest } from './answer.ts';
import { forecastHome } from './forecast.ts';
import { HOURS } from './series.ts';
import { aHome, smallModels } from './testing/homes.ts';
import { usualAnswer } from './usual-answer.ts';

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

describe('what lies further ahead', () => {
  test('is told by the day: five of them, from the one after tomorrow', () => {
    expect(answerTo().days.map(({ date }) => date)).toEqual([
      '2026-08-02',
      '2026-08-03',
      '2026-08-04',
      '2026-08-05',
      '2026-08-06',
    ]);
    expect(answerTo({ wh: whOf(59).concat(whOf(60).slice(59 * HOURS, 59 * HOURS + 15)) }).days[0]!.date).toBe(
      '2026-08-01',
    );
  });

  test('is foreseen of tomorrow from yesterday, until half of today is known', () => {
    const tomorrow = (hour: number): number => answerTo({ wh: whOf(60).slice(0, 58 * HOURS + hour) }).tomorrow!.meanWh;
    expect([1, 6, 11].map(tomorrow)).toEqual([0, 0, 0].map(tomorrow));
    expect(tomorrow(12)).not.toBe(tomorrow(0));
  });

  test('has generation in the same hours, where it is measured', () => {
    const pvWh = whOf(60).map((_, at) => (at % HOURS > 6 && at % HOURS < 18 ? 1500 : 0));
    const answer = answerTo({ pvWh });
    expect(answer.solar!.map(({ ts }) => ts)).toEqual(answer.hours.map(({ ts }) => ts));
    expect(answer.solar![12]!.meanWh).toBe(1500);
    expect(answerTo().solar).toBeNull();
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

test('a home of nothing but zeros is expected to use nothing, and told to be away: it neither drifts nor loses to the mean', () => {
  const answer = answerTo({ wh: whOf(365).map(() => 0) });
  expect(answer.notices).toEqual(['absence']);
  expect(answer.hours.map(({ p90Wh }) => p90Wh)).toEqual(answer.hours.map(() => 0));
});

test('a week of ten times the use is a drift', () => {
  const wh = whOf(60).map((one, i) => (i >= 53 * HOURS ? one * 10 : one));
  expect(answerTo({ wh }).notices).toContain('drift');
  expect(answerTo().notices).toEqual([]);
});

describe('hours that are not known', () => {
  const without = (isLost: (at: number) => boolean): (number | null)[] =>
    whOf(60).map((wh, at) => (isLost(at) ? null : wh));

  test('are not expected to be nothing, nor is anything certain', () => {
    // a meter that is read between 6 and 18 h only, and one that says nothing at 19 h, where the home uses most
    for (const wh of [without((at) => at % HOURS < 6 || at % HOURS >= 18), without((at) => at % HOURS === 19)])
      for (const answer of [answerTo({ wh }), usualAnswer(aRequest({ wh }))]) {
        expect(Math.min(...answer.hours.map(({ p90Wh }) => p90Wh))).toBeGreaterThan(0);
        expect(Math.max(...answer.hours.map(({ confidence }) => confidence))).toBeLessThan(1);
      }
  });

  test('are not expected to be nothing either where the forecast is withheld', () => {
    const timer = Array.from({ length: 60 * HOURS }, (_, at) => ([2, 3, 11].includes(at % HOURS) ? 4000 : 100));
    const wh = timer.map((one, at) => (at % HOURS === 12 ? null : one));
    const { notices, hours } = answerTo({ wh });
    expect(notices).toContain('withheld');
    expect(hours[11]!.source).toBe('withheld');
    expect(hours[12]!.source).not.toBe('withheld');
    expect(hours[12]!.p90Wh).toBeGreaterThan(0);
  });

  test('do not narrow the range of a day: days of which too little is known are no days without an error', () => {
    const wh = without((at) => at >= 35 * HOURS && Math.floor(at / HOURS) % 3 !== 0);
    for (const answer of [answerTo({ wh }), usualAnswer(aRequest({ wh }))]) {
      const { meanWh, p10Wh, p90Wh } = answer.tomorrow!;
      expect([p10Wh, Math.abs(p90Wh - 2 * meanWh) <= 1]).toEqual([0, true]);
    }
  });

  test('of today count as they were foreseen, not as nothing', () => {
    const known = whOf(60).slice(0, 59 * HOURS + 15);
    const lost = known.map((wh, at) => (at >= 59 * HOURS + 8 && at < 59 * HOURS + 14 ? null : wh));
    for (const answer of [answerTo, (over: { wh: (number | null)[] }) => usualAnswer(aRequest(over))]) {
      const [whole, part] = [answer({ wh: known }).today!.meanWh, answer({ wh: lost }).today!.meanWh];
      expect(Math.abs(part - whole)).toBeLessThan(0.1 * whole);
    }
  });

  test('are no days of a scorecard', () => {
    const wh = without((at) => at >= 50 * HOURS && at < 55 * HOURS);
    expect(answerTo({ wh }).scorecard!.days).toBe(23);
  });
});

test('a home that is back for some hours after four weeks of silence is collecting, and nobody is told of tomorrow alone', () => {
  const wh = [...whOf(30), ...Array<null>(28 * HOURS).fill(null), ...whOf(1).slice(0, 7)];
  expect(answerTo({ wh })).toMatchObject({ status: 'collecting', hours: [], today: null, tomorrow: null });
  const { status, hours } = usualAnswer(aRequest({ wh }));
  expect([status, hours]).toEqual(['collecting', []]);
});

test('a home of which the one day known is four weeks old is collecting: today could be foreseen of it, tomorrow could not', () => {
  const wh = [...whOf(1), ...Array<null>(27 * HOURS).fill(null)];
  expect(answerTo({ wh })).toMatchObject({ status: 'collecting', hours: [] });
});

test('after four weeks of silence nothing is known of a home', () => {
  const silent = Array.from({ length: 30 * HOURS }, () => null);
  expect(answerTo({ wh: [...whOf(30), ...silent] }).status).toBe('collecting');
});
