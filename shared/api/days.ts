import * as z from 'zod/mini';
import { dayItem, expectedInterval } from '@hems/models/day/day-value';
import { quality } from '@hems/models/reading/quality';
import { householdParams, localDate, nothing } from './nouns.ts';
import { route } from './route.ts';

export const day = z.extend(z.omit(dayItem, { basis: true, unheard: true }), {
  /** final: late readings change it no more */
  state: z.enum(['provisional', 'final']),
});
export type Day = z.infer<typeof day>;

const scoreLine = z.looseObject({ line: z.string() });
export const scoreAnswer = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('scored'),
    score: z.int(),
    grade: z.enum(['A+', 'A', 'B', 'C', 'D', 'E']),
    /** the grade is ours, not the government's */
    official: z.literal(false),
    from: localDate,
    to: localDate,
    lines: z.array(scoreLine),
    remarks: z.array(z.string()),
    provisional: z.boolean(),
  }),
  z.object({ status: z.literal('refused'), code: z.string(), detail: z.string() }),
]);

export const readDays = route({
  name: 'readDays',
  method: 'GET',
  path: '/v1/households/{householdId}/days',
  auth: 'resident',
  summary: 'Daily items: use, cost, CO2, saving with its method, score and quality; days before today only',
  params: householdParams,
  /** both inclusive, at most 400 days */
  query: z.object({ from: localDate, to: localDate }),
  body: nothing,
  answer: z.object({
    householdId: z.string(),
    days: z.array(day),
    /**
     * Days with a saving, and their sums; null: no day has one. The won is what these days changed of the bills of their billing periods,
     * tiers and all, and no sum of what each of them is worth.
     */
    saved: z.nullable(
      z.object({
        days: z.int(),
        savedWh: z.int(),
        /** null: the won of none of them can be said */
        savedWon: z.nullable(z.int()),
        savedCo2G: z.int(),
        /** one of the days is not final */
        provisional: z.boolean(),
      }),
    ),
  }),
});
export type Days = z.infer<typeof readDays.answer>;

export const readScore = route({
  name: 'readScore',
  method: 'GET',
  path: '/v1/households/{householdId}/score',
  auth: 'resident',
  summary: 'Efficiency score and grade of the last 30 known days, step by step',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: scoreAnswer,
});
export type ScoreAnswer = z.infer<typeof scoreAnswer>;

export const readWeatherSaving = route({
  name: 'readWeatherSaving',
  method: 'GET',
  path: '/v1/households/{householdId}/weather-saving',
  auth: 'resident',
  summary:
    'What a range of days saved against a weather model of the year before it; beside the daily saving, never added to it',
  params: householdParams,
  /** both inclusive, before today, at most 400 days */
  query: z.object({ from: localDate, to: localDate }),
  body: nothing,
  answer: z.discriminatedUnion('status', [
    z.object({
      status: z.literal('saved'),
      method: z.string(),
      version: z.int(),
      /** of the days that are known with their temperature */
      expectedWh: z.int(),
      interval: expectedInterval,
      actualWh: z.int(),
      savedWh: z.int(),
      savedCo2G: z.int(),
      days: z.int(),
      /** days of the range without a use or a temperature; they are in no sum */
      leftOut: z.int(),
      quality,
      /** what the model was made from */
      model: z.object({
        days: z.int(),
        adjustedR2: z.number(),
        cvRmsePercent: z.number(),
        heatBalanceC: z.nullable(z.number()),
        coolBalanceC: z.nullable(z.number()),
      }),
    }),
    z.object({
      status: z.literal('refused'),
      method: z.string(),
      version: z.int(),
      code: z.string(),
      detail: z.string(),
    }),
  ]),
});
export type WeatherSaving = z.infer<typeof readWeatherSaving.answer>;
