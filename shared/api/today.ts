import * as z from 'zod/mini';
import { expectedInterval } from '@hems/models/day/day-value';
import { quality } from '@hems/models/reading/quality';
import { epochMs, householdParams, localDate, nothing, wh } from './nouns.ts';
import { route } from './route.ts';

/**
 * What today has saved so far against the home's own usual day until the same time, or why that cannot be said: the saving of the day
 * (`readDays`) told early, by whole quarter hours, and the same at 24:00. Provisional until the day is over.
 */
export const todaySaving = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('saved'),
    method: z.string(),
    version: z.int(),
    /** the days whose use up to the same time of day it is held against, latest first */
    comparedDates: z.array(localDate),
    /** grid use that was to be expected until `untilMs` */
    expectedWh: z.int(),
    interval: expectedInterval,
    /** expected − grid use; negative: more was used */
    savedWh: z.int(),
    /**
     * what `savedWh` are worth, with their sign: bill(period so far + saved) − bill(period so far), linear between whole kWh; null where no tariff
     * row holds
     */
    worthWon: z.nullable(z.int()),
    savedCo2G: z.int(),
    quality,
    remarks: z.array(z.string()),
  }),
  z.object({
    status: z.literal('refused'),
    method: z.string(),
    version: z.int(),
    code: z.string(),
    detail: z.string(),
  }),
]);
export type TodaySaving = z.infer<typeof todaySaving>;

export const readToday = route({
  name: 'readToday',
  method: 'GET',
  path: '/v1/households/{householdId}/today',
  auth: 'resident',
  summary: 'Today so far: use, what it cost, its CO2, and what it saved against the usual day until the same time',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: z.object({
    householdId: z.string(),
    date: localDate,
    /**
     * From midnight to now, as `readUsage` and `readLive` tell the day: the quarter hour that runs is in it with what is heard of it.
     * null: nothing is known yet.
     */
    loadWh: z.nullable(wh),
    importWh: z.nullable(wh),
    quality,
    /** quarter hours that are over of whose load nothing is known, so that `loadWh` is a part of what was used */
    missingSlots: z.int(),
    /** what `importWh` has added to the bill of its period, so that the costs of its days add up to `readRunningBill`; null: it cannot be said */
    costWon: z.nullable(z.int()),
    /** footprint of `importWh`; null: not known */
    footprintG: z.nullable(z.int()),
    /** end of the last quarter hour of today whose grid use is known, which `saving` goes up to; null: none is known yet */
    untilMs: z.nullable(epochMs),
    saving: todaySaving,
    /** mean power of the home in the hour that begins at `usualHourMs` on its latest days of the same kind; null: too few of them are known */
    usualPowerW: z.nullable(z.int()),
    /** the hour that ran when this was told */
    usualHourMs: epochMs,
  }),
});
export type Today = z.infer<typeof readToday.answer>;
