import { describe, expect, it } from 'vitest';
import { compositeState, decide, stateOf, statistic, type AlarmProperties, type Told } from './alarm-evaluator.ts';
import { evaluate } from './metric-math.ts';

const anAlarm = (more: Partial<AlarmProperties> = {}): AlarmProperties => ({
  Namespace: 'HEMS',
  MetricName: 'PayoutsUnanswered',
  Statistic: 'Maximum',
  Period: 300,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  EvaluationPeriods: 3,
  TreatMissingData: 'notBreaching',
  ...more,
});

/** As the user guide writes them: the oldest first, `0` within the threshold, `X` beyond it, `-` missing. */
const read = (points: string): (boolean | undefined)[] =>
  points
    .split(' ')
    .map((point) => (point === '-' ? undefined : point === 'X'))
    .toReversed();

describe('missing data, by the tables of the user guide', () => {
  it.each([
    ['0 - X - X', 'OK', 'OK'],
    ['0 - - - -', 'OK', 'OK'],
    ['- - - - -', 'ALARM', 'OK'],
    ['0 X X - X', 'ALARM', 'ALARM'],
    ['- - X - -', 'ALARM', 'OK'],
  ])('three of three, %s: %s where missing is bad, %s where it is not', (points, breaching, notBreaching) => {
    expect(decide(anAlarm({ TreatMissingData: 'breaching' }), read(points))).toBe(breaching);
    expect(decide(anAlarm({ TreatMissingData: 'notBreaching' }), read(points))).toBe(notBreaching);
  });

  it.each([
    ['0 - X - X', 'ALARM', 'ALARM'],
    ['0 0 X 0 X', 'ALARM', 'ALARM'],
    ['0 - X - -', 'ALARM', 'OK'],
    ['- - - - 0', 'ALARM', 'OK'],
    ['- - - - X', 'ALARM', 'OK'],
  ])('two of three, %s: %s where missing is bad, %s where it is not', (points, breaching, notBreaching) => {
    const two = { DatapointsToAlarm: 2 };
    expect(decide(anAlarm({ ...two, TreatMissingData: 'breaching' }), read(points))).toBe(breaching);
    expect(decide(anAlarm({ ...two, TreatMissingData: 'notBreaching' }), read(points))).toBe(notBreaching);
  });

  it('an alarm that leaves it open is refused', () => {
    expect(() => decide(anAlarm({ TreatMissingData: 'missing' }), read('X X X X X'))).toThrow('what missing data mean');
  });
});

describe('statistics of the values of a period', () => {
  const values = [40, 10, 20, 30];

  it.each([
    ['Sum', 100],
    ['Average', 25],
    ['Maximum', 40],
    ['Minimum', 10],
    ['SampleCount', 4],
    ['p50', 20],
    ['p95', 40],
    ['PR(:20)', 50],
    ['PR(:9)', 0],
    ['PR(:40)', 100],
  ])('%s is %d', (name, expected) => expect(statistic(name, values)).toBe(expected));

  it('there is none without a value, and none by a name that CloudWatch does not have', () => {
    expect(statistic('SampleCount', [])).toBeUndefined();
    expect(() => statistic('Median', values)).toThrow('no statistic');
  });
});

describe('metric math', () => {
  const values = { errors: 3, all: 200, silent: undefined };

  it.each([
    ['100 * errors / all', 1.5],
    ['2 + 3 * 4 - 1', 13],
    ['(2 + 3) * 4', 20],
    ['IF(all >= 100, 100 * errors / all, 0)', 1.5],
    ['IF(all < 100, 1, 0)', 0],
    ['IF(errors > 1 AND all > 1 OR silent > 1, 1, 0)', undefined],
    ['IF(errors > 5 || all > 100 && errors > 2, 1, 0)', 1],
    ['errors + silent', undefined],
    ['errors + FILL(silent, 0)', 3],
    ['SUM(METRICS())', 203],
    ['SUM([errors, silent])', 3],
    ['SUM(FILL(METRICS(), 1))', 204],
    ['MAX(METRICS())', 200],
    ['errors / (all - 200)', undefined],
  ])('%s', (expression, expected) => expect(evaluate(expression, values)).toBe(expected));

  it.each([
    ["SEARCH('{AWS/Lambda,FunctionName} Errors', 'Sum', 300)", 'does not know'],
    ['RATE(errors)', 'not for alarms'],
    ['errors + wrong', 'no metric of the alarm'],
    ['errors all', 'one too many'],
    ['METRICS()', 'a list of series'],
  ])('%s is refused in an alarm', (expression, why) => {
    expect(() => evaluate(expression, values)).toThrow(why);
  });
});

describe('an alarm at a time', () => {
  /** one value a minute while it lasts */
  const from =
    (beginS: number, endS: number, value = 1): Told =>
    (_, begin, end) =>
      Array.from({ length: Math.max(0, Math.min(endS, end) - Math.max(beginS, begin)) / 60 }, () => value);

  it('waits for every period, and no longer', () => {
    const minutesAgo = (minutes: number): Told => from(3600 - minutes * 60, 3600);
    expect(stateOf(anAlarm(), minutesAgo(10), { atS: 3600, was: 'OK' })).toBe('OK');
    expect(stateOf(anAlarm(), minutesAgo(15), { atS: 3600, was: 'OK' })).toBe('ALARM');
  });

  it('with figures in only one of three periods never sounds: what a job tells each half hour needs a period of a half hour', () => {
    const eachHalfHour: Told = (_, begin, end) => (Math.ceil(end / 1800) > Math.ceil(begin / 1800) ? [7] : []);
    expect(stateOf(anAlarm({ EvaluationPeriods: 6 }), eachHalfHour, { atS: 36_000, was: 'OK' })).toBe('OK');
    const longer = anAlarm({ EvaluationPeriods: 2, Period: 1800 });
    expect(stateOf(longer, eachHalfHour, { atS: 36_000, was: 'OK' })).toBe('ALARM');
  });

  it('on DynamoDB stays as it is while points are missing, unless they are filled', () => {
    const Metric = { Namespace: 'AWS/DynamoDB', MetricName: 'WriteThrottleEvents' };
    const nothing: Told = () => [];
    const plain = anAlarm({ ...Metric, Statistic: 'Sum' });
    expect(stateOf(plain, nothing, { atS: 3600, was: 'ALARM' })).toBe('ALARM');
    const filled = anAlarm({
      Metrics: [
        { Id: 'sum', Expression: 'SUM(FILL(METRICS(), 0))' },
        { Id: 'writes', MetricStat: { Metric, Period: 300, Stat: 'Sum' }, ReturnData: false },
      ],
    });
    expect(stateOf(filled, nothing, { atS: 3600, was: 'ALARM' })).toBe('OK');
  });

  it('with metrics of two periods is none', () => {
    const stat = (Period: number) => ({ Metric: { Namespace: 'HEMS', MetricName: 'X' }, Period, Stat: 'Sum' });
    const mixed = anAlarm({
      Metrics: [
        { Id: 'e', Expression: 'a + b' },
        { Id: 'a', MetricStat: stat(60) },
        { Id: 'b', MetricStat: stat(300) },
      ],
    });
    expect(() => stateOf(mixed, () => [1], { atS: 3600, was: 'OK' })).toThrow('more than one period');
  });
});

describe('a composite alarm', () => {
  const rule = '((ALARM("long") AND ALARM("short")) OR (ALARM("longer") AND ALARM("less-short")))';

  it.each([
    [['long'], 'OK'],
    [['long', 'less-short'], 'OK'],
    [['long', 'short'], 'ALARM'],
    [['longer', 'less-short'], 'ALARM'],
  ])('with %j sounding is %s', (sounding, expected) => {
    expect(compositeState(rule, (part) => (sounding.includes(part) ? 'ALARM' : 'OK'))).toBe(expected);
  });
});
