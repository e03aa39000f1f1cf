import { addDays, dayStart, HOUR_MS, isoSeoul, localDate } from '@hems/models/calendar/seoul';
import { listAdvice, type Advice } from '../api/advice.ts';
import { readForecast, readForecastAccuracy, type Forecast, type ForecastAccuracy } from '../api/forecast.ts';
import { readPlan, type PlanAnswer } from '../api/plan.ts';
import { NOW_MS } from './answers.ts';

/** Answers about forecast, advice and plan as their contract allows them; override what the test is about. */

type Hour = Forecast['hours'][number];

const THIS_HOUR_MS = Math.floor(NOW_MS / HOUR_MS) * HOUR_MS;
const TODAY = localDate(NOW_MS);
const TOMORROW_END_MS = dayStart(addDays(TODAY, 2));

/** 1.2 kW, 8 times out of 10 between 0.8 and 2.1, right about 6 times out of 10; the evening takes more. */
export const anHour = (ts: number, over: Partial<Hour> = {}): Hour => {
  const hour = (ts - dayStart(localDate(ts))) / HOUR_MS;
  const more = hour >= 18 && hour < 22 ? 800 : 0;
  return {
    ts,
    meanWh: 1300 + more,
    p10Wh: 800 + more / 2,
    p50Wh: 1200 + more,
    p90Wh: 2100 + more * 2,
    confidence: 0.62,
    naiveWh: 1250 + more,
    source: 'model',
    ...over,
  };
};

/** From the hour that runs to the end of tomorrow. */
export const hoursAhead = (over: Partial<Hour> = {}): Hour[] =>
  Array.from({ length: (TOMORROW_END_MS - THIS_HOUR_MS) / HOUR_MS }, (_, index) =>
    anHour(THIS_HOUR_MS + index * HOUR_MS, over),
  );

const total = (meanWh: number) => ({ meanWh, p10Wh: Math.round(meanWh * 0.8), p90Wh: Math.round(meanWh * 1.3) });

export const aForecast = (over: Partial<Forecast> = {}): Forecast =>
  readForecast.answer.parse({
    householdId: 'home-1',
    id: 'opaque',
    engine: 'embedded',
    issuedAt: isoSeoul(THIS_HOUR_MS),
    modelVersion: 'test-1',
    status: 'ready',
    pInterval: 0.8,
    hours: hoursAhead(),
    today: total(29_000),
    tomorrow: total(31_000),
    days: [2, 3, 4, 5, 6].map((ahead) => ({ date: addDays(TODAY, ahead), ...total(30_000 + 400 * ahead) })),
    solar: null,
    month: total(880_000),
    scorecard: { days: 28, accuracy: 74.4, naiveAccuracy: 66.1, within80: 81.2 },
    notices: [],
    ...over,
  });

type Span = { readonly from: string; readonly to: string };

/** Each day 75 % right, the 7-day mean 68 %. */
export const someAccuracy = ({ from, to }: Span): ForecastAccuracy => {
  const days: ForecastAccuracy['days'] = [];
  for (let date = from; date <= to; date = addDays(date, 1))
    days.push({
      date,
      actualWh: 30_000,
      expectedWh: 28_500,
      accuracy: 75,
      naiveAccuracy: 68,
      within80: 79.2,
      hours: 24,
    });
  return readForecastAccuracy.answer.parse({ householdId: 'home-1', days });
};

type Suggestion = Advice['suggestions'][number];

/** What runs all night: 2,100 to 4,300 won a month. */
export const aSuggestion = (over: Partial<Suggestion> = {}): Suggestion => ({
  adviceId: 'advice-1',
  rule: 'standby',
  wonPerMonth: { low: 2100, high: 4300 },
  data: [
    { name: 'nightFloor', value: 240, unit: 'W' },
    { name: 'neededAtNight', value: 100, unit: 'W' },
    { name: 'seenDays', value: 28, unit: 'days' },
  ],
  since: '2026-11-20',
  deviceId: null,
  state: 'open',
  ...over,
});

/** Two suggestions, a cold day to come, and one suggestion of October that was measured. */
export const anAdvice = (over: Partial<Advice> = {}): Advice =>
  listAdvice.answer.parse({
    householdId: 'home-1',
    madeAtMs: NOW_MS,
    withheld: null,
    safeguard: null,
    suggestions: [
      aSuggestion(),
      aSuggestion({
        adviceId: 'advice-2',
        rule: 'tier-limit',
        wonPerMonth: { low: 900, high: 1600 },
        data: [
          { name: 'expected', value: 214, unit: 'kWh' },
          { name: 'limit', value: 200, unit: 'kWh' },
          { name: 'over', value: 14, unit: 'kWh' },
        ],
      }),
    ],
    notes: [
      {
        code: 'cold-tomorrow',
        date: addDays(TODAY, 1),
        data: [
          { name: 'coldest', value: -820, unit: 'cdegc' },
          { name: 'more', value: 1900, unit: 'Wh' },
        ],
      },
    ],
    results: [
      {
        adviceId: 'advice-0',
        rule: 'idle-plug',
        acceptedOn: '2026-10-10',
        state: 'measured',
        because: null,
        wonPerMonth: { low: 600, high: 1100 },
      },
    ],
    isVulnerable: false,
    ...over,
  });

type Step = NonNullable<PlanAnswer['plan']>['steps'][number];

const HALF_HOUR_MS = HOUR_MS / 2;

/** The battery stores what is cheap at night, covers the home in the evening and rests else; no car. */
const aStep = (startMs: number, over: Partial<Step> = {}): Step => {
  const hour = Math.floor((startMs - dayStart(localDate(startMs))) / HOUR_MS);
  const rest = { batteryW: 0, storedWh: 5000, reason: 'waits' };
  const doing =
    hour < 6
      ? { batteryW: -1500, storedWh: 6000, reason: 'charges-cheap' }
      : hour >= 18 && hour < 22
        ? { batteryW: 1200, storedWh: 3000, reason: 'covers-dear' }
        : rest;
  const loadW = 1300;
  return {
    startMs,
    loadW,
    pvW: 0,
    carW: 0,
    gridW: loadW - doing.batteryW,
    buyWon: hour < 6 ? 108 : hour >= 18 && hour < 22 ? 190 : 146,
    ...doing,
    ...over,
  };
};

const STEPS = (TOMORROW_END_MS - THIS_HOUR_MS) / HALF_HOUR_MS;
export const someSteps = (over: (startMs: number) => Partial<Step> = () => ({})): Step[] =>
  Array.from({ length: STEPS }, (_, index) => THIS_HOUR_MS + index * HALF_HOUR_MS).map((startMs) =>
    aStep(startMs, over(startMs)),
  );

type PlanOver = Partial<Omit<PlanAnswer, 'plan'>> & { readonly plan?: Partial<NonNullable<PlanAnswer['plan']>> | null };

/** Planned, switched on, 820 won better than at rest; the last order was carried out. */
export const aPlan = ({ plan, ...over }: PlanOver = {}): PlanAnswer =>
  readPlan.answer.parse({
    householdId: 'home-1',
    hasBattery: true,
    hasCharger: true,
    why: null,
    automation: { isOn: true, reservePermille: 200, car: null },
    override: null,
    orders: [
      {
        orderId: 'order-2',
        deviceId: 'battery-1',
        atMs: THIS_HOUR_MS,
        untilMs: THIS_HOUR_MS + HALF_HOUR_MS,
        powerW: 0,
        isOn: null,
        state: 'verified',
      },
      {
        orderId: 'order-1',
        deviceId: 'battery-1',
        atMs: THIS_HOUR_MS - HOUR_MS,
        untilMs: THIS_HOUR_MS,
        powerW: -1500,
        isOn: null,
        state: 'expired',
      },
    ],
    ...over,
    plan:
      plan === null
        ? null
        : {
            madeAtMs: THIS_HOUR_MS,
            status: 'planned',
            conflicts: [],
            stepMinutes: 30,
            steps: someSteps(),
            won: 4980,
            capacityWh: 6400,
            selfUseWon: 5800,
            changes: 4,
            changesLastDay: 5,
            ...plan,
          },
  });
