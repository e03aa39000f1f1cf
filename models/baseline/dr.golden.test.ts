import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { candidateDays } from './candidate-days.ts';
import { asNumber, atLeastZero, exactly, minus, wonFor } from './exact-wh.ts';
import { MAX_4_OF_5, MID_6_OF_10, MID_8_OF_10, type SimilarDayMethod } from './methods.ts';
import { shiftOf, shifted } from './same-day.ts';
import { trimmedMean } from './trimmed-mean.ts';

/** National demand-response cases of the project's golden file; each names its source. */
type DrCase = {
  id: string;
  programme: string;
  inputs: {
    method: string;
    history_wh: number[];
    actual_wh: number;
    unit_price_won_per_kwh: number;
    same_day_adjustment?: { pre_event_actual_wh: number[]; pre_event_cbl_wh: number[] };
    screening?: { min_percent_of_mean: number; max_lookback_days: number };
    event_date: string;
    earlier_event_dates: string[];
    count: number;
  };
  expected: Record<string, number | string | number[] | string[]>;
};
const { cases } = JSON.parse(readFileSync(new URL('../incentive/golden/programmes.json', import.meta.url), 'utf8')) as {
  cases: DrCase[];
};
const METHODS: Record<string, SimilarDayMethod> = {
  'mid(6/10)': MID_6_OF_10,
  'max(4/5)': MAX_4_OF_5,
  'mid(8/10)': MID_8_OF_10,
};

const settle = ({ inputs }: DrCase) => {
  const { screening, same_day_adjustment: sameDay } = inputs;
  const rule = {
    ...METHODS[inputs.method]!,
    ...(screening && {
      screening: { minPercentOfMean: screening.min_percent_of_mean, lookbackDays: screening.max_lookback_days },
    }),
  };
  const trimmed = trimmedMean(rule, inputs.history_wh);
  if (!trimmed) return undefined;
  const hours = (sameDay?.pre_event_actual_wh ?? []).map((actualWh, i) => ({
    actualWh,
    expected: exactly(sameDay!.pre_event_cbl_wh[i]!),
  }));
  const shift = hours.length > 0 ? shiftOf(hours) : exactly(0);
  const cbl = shifted(trimmed.expected, shift, null).value;
  const reduction = atLeastZero(minus(cbl, exactly(inputs.actual_wh)));
  return { trimmed, shift, cbl, reduction, pay: wonFor(reduction, inputs.unit_price_won_per_kwh) };
};

/** As the file writes them. */
const rounded = (value: number | number[]) => (typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value);

const settlements = cases.filter(({ programme }) => programme === 'national-dr-cbl');

describe('the customer baseline of a demand-response hour', () => {
  test.each(settlements.filter(({ expected }) => expected['result'] === undefined))('$id', (one) => {
    const { trimmed, shift, cbl, reduction, pay } = settle(one)!;
    const figures: Record<string, number | number[]> = {
      cbl_wh: asNumber(trimmed.expected),
      cbl_adjusted_wh: asNumber(cbl),
      adjustment_wh: asNumber(shift),
      reduction_wh: asNumber(reduction),
      pay_won: pay,
      mean_wh: one.inputs.history_wh.slice(0, 10).reduce((sum, wh) => sum + wh, 0) / 10,
      replaced_wh: one.inputs.history_wh.filter((_, i) => trimmed.fates[i] === 'screened'),
    };
    const stated = Object.entries(one.expected).filter(([name]) => name !== 'limit_wh');
    expect(stated.map(([name]) => [name, rounded(figures[name]!)])).toEqual(stated);
  });

  test('with fewer than four days there is no baseline, not one of 0', () => {
    const short = settlements.find(({ id }) => id === 'dr-insufficient-history')!;
    expect(short.expected).toEqual({ result: 'insufficient_data' });
    expect(settle(short)).toBeUndefined();
  });
});

describe('the candidate days before an event', () => {
  test.each(cases.filter(({ programme }) => programme === 'national-dr-candidate-days'))(
    '$id',
    ({ inputs, expected }) => {
      const { dates } = candidateDays(
        { eventDate: inputs.event_date, earlierEventDates: new Set(inputs.earlier_event_dates) },
        inputs.count,
      );
      expect(dates).toEqual(expected['candidate_dates']);
    },
  );
});
