import { addDays, dayStart, HOUR_MS, localDate } from '@hems/models/calendar/seoul';
import type { Advice } from '../api/advice.ts';
import type { Forecast, ForecastAccuracy } from '../api/forecast.ts';
import type { PlanAnswer } from '../api/plan.ts';
import { NOW_MS } from './answers.ts';
import { aForecast, anAdvice, aPlan, aSuggestion, someSteps } from './assistant-answers.ts';
import { datesOf, hourQuarters, knownQuarters, quartersOf, sumOf, TODAY, usualWh } from './flat.ts';
import type { Span } from './flat-energy.ts';
import { flatBill } from './flat-money.ts';

/** What the service foresees, suggests and plans for the flat, around what the flat will have used. */

const THIS_HOUR_MS = Math.floor(NOW_MS / HOUR_MS) * HOUR_MS;

/** Without the chance of the day, and with the nights on which the car is charged. */
const foreseenWh = (startMs: number): number => {
  const date = localDate(startMs);
  const first = ((startMs - dayStart(date)) / HOUR_MS) * 4;
  const usual = [0, 1, 2, 3].reduce((sum, part) => sum + usualWh(date, first + part), 0);
  return Math.round(usual + sumOf(hourQuarters(startMs), 'carWh'));
};

const hourOf = (ts: number): Forecast['hours'][number] => {
  const p50Wh = foreseenWh(ts);
  const night = foreseenWh(ts) < 250;
  return {
    ts,
    meanWh: Math.round(p50Wh * 1.03),
    p10Wh: Math.round(p50Wh * 0.72),
    p50Wh,
    p90Wh: Math.round(p50Wh * 1.42),
    confidence: night ? 0.86 : 0.64,
    naiveWh: Math.round(p50Wh * 1.06),
    source: 'model',
  };
};

const hoursOf = (date: string): number[] => Array.from({ length: 24 }, (_, hour) => dayStart(date) + hour * HOUR_MS);
const total = (meanWh: number, spread: number) => ({
  meanWh,
  p10Wh: Math.round(meanWh * (1 - spread)),
  p90Wh: Math.round(meanWh * (1 + spread * 1.3)),
});
const dayWh = (date: string): number => hoursOf(date).reduce((sum, ms) => sum + foreseenWh(ms), 0);

const monthWh = (): number => {
  const known = sumOf(knownQuarters(`${TODAY.slice(0, 7)}-01`, TODAY), 'loadWh');
  const rest = hoursOf(TODAY).filter((ms) => ms >= THIS_HOUR_MS);
  const toCome = datesOf(addDays(TODAY, 1), '2026-11-30').reduce((sum, date) => sum + dayWh(date), 0);
  return known + rest.reduce((sum, ms) => sum + foreseenWh(ms), 0) + toCome;
};

export const flatForecast = (): Forecast => {
  const tomorrow = addDays(TODAY, 1);
  const ahead = [...hoursOf(TODAY).filter((ms) => ms >= THIS_HOUR_MS), ...hoursOf(tomorrow)];
  const past = sumOf(
    knownQuarters(TODAY, TODAY).filter(({ startMs }) => startMs < THIS_HOUR_MS),
    'loadWh',
  );
  const left = hoursOf(TODAY).filter((ms) => ms >= THIS_HOUR_MS);
  return aForecast({
    hours: ahead.map((ms) => hourOf(ms)),
    today: total(past + left.reduce((sum, ms) => sum + foreseenWh(ms), 0), 0.08),
    tomorrow: total(dayWh(tomorrow), 0.16),
    days: [2, 3, 4, 5, 6].map((days) => {
      const date = addDays(TODAY, days);
      return { date, ...total(dayWh(date), 0.18) };
    }),
    solar: ahead.map((ts) => ({ ts, ...total(sumOf(hourQuarters(ts), 'solarWh'), 0.3) })),
    month: total(monthWh(), 0.05),
    scorecard: { days: 28, accuracy: 81.6, naiveAccuracy: 73.2, within80: 80.4 },
  });
};

/** What each day used against what its usual course had been. */
export const flatAccuracy = ({ from, to }: Span): ForecastAccuracy => ({
  householdId: 'home-1',
  days: datesOf(from, to)
    .filter((date) => date < TODAY)
    .map((date) => {
      const actualWh = sumOf(quartersOf(date), 'loadWh');
      const expectedWh = dayWh(date);
      const missed = (100 * Math.abs(actualWh - expectedWh)) / actualWh;
      return {
        date,
        actualWh,
        expectedWh,
        accuracy: Math.round(10 * (92 - missed)) / 10,
        naiveAccuracy: Math.round(10 * (83 - missed)) / 10,
        within80: Math.round(820 - 8 * missed) / 10,
        hours: 24,
      };
    }),
});

/** What runs all night comes first; the tier limit is the one that the bill draws. */
export const flatAdvice = (): Advice => {
  const bar = flatBill().tierBar;
  const [expected, limit] = [bar?.projectedKwh?.middle ?? 0, bar?.crossing?.atKwh ?? 0];
  return anAdvice({
    suggestions: [
      aSuggestion(),
      aSuggestion({
        adviceId: 'advice-2',
        rule: 'tier-limit',
        wonPerMonth: { low: 900, high: 1600 },
        data: [
          { name: 'expected', value: expected, unit: 'kWh' },
          { name: 'limit', value: limit, unit: 'kWh' },
          { name: 'over', value: expected - limit, unit: 'kWh' },
        ],
      }),
    ],
  });
};

export const flatPlan = (): PlanAnswer => {
  const steps = someSteps((startMs) => {
    const hour = Math.floor(startMs / HOUR_MS) * HOUR_MS;
    return {
      loadW: foreseenWh(hour),
      pvW: sumOf(hourQuarters(hour), 'solarWh'),
      carW: sumOf(hourQuarters(hour), 'carWh'),
    };
  });
  return aPlan({
    automation: { isOn: true, reservePermille: 200, car: { needWh: 18_000, readyBy: '07:00' } },
    plan: { steps: steps.map((step) => ({ ...step, gridW: step.loadW - step.pvW - step.batteryW })) },
  });
};
