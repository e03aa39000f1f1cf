import * as z from 'zod/mini';
import { flexibleHour, siteHour } from '@hems/models/site/site-day';
import { interval, INTERVAL_FAULTS } from '@hems/models/site/intervals';
import { epochMs, localDate, nothing } from '../api/nouns.ts';
import { partnerRoute } from './route.ts';

/** Part of addresses. */
const id = z.string().check(z.regex(/^[\w-]{1,64}$/));
const siteParams = z.object({ siteId: id });
const INTERVALS_MAX = 3000;

export const listSites = partnerRoute({
  name: 'listSites',
  method: 'GET',
  path: '/partner/v1/sites',
  scope: null,
  summary: 'The buildings and complexes that are yours',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ sites: z.array(z.object({ siteId: id, name: z.string() })) }),
});

export const pushIntervals = partnerRoute({
  name: 'pushIntervals',
  method: 'POST',
  path: '/partner/v1/sites/{siteId}/meters/{meterId}/intervals',
  scope: 'readings:write',
  summary:
    'What a meter in a common area counted, in any order: of two values of an interval the higher revision counts, and a repeat changes nothing',
  params: z.object({ siteId: id, meterId: id }),
  query: nothing,
  body: z.strictObject({ intervals: z.array(interval).check(z.minLength(1), z.maxLength(INTERVALS_MAX)) }),
  answer: z.object({
    /** intervals that count now and did not before */
    taken: z.int(),
    /** what cannot be right, and why; the rest was taken */
    refused: z.array(z.object({ fromMs: epochMs, fault: z.enum(INTERVAL_FAULTS) })),
  }),
});

export const readSiteUsage = partnerRoute({
  name: 'readSiteUsage',
  method: 'GET',
  path: '/partner/v1/sites/{siteId}/usage',
  scope: 'usage:read',
  summary:
    'Hours of a day: common areas, and the homes that agree as a rounded sum of 20 and more. Told from noon of the next day on; what is told of the homes never changes, common areas do when late readings come',
  params: siteParams,
  query: z.object({ date: localDate }),
  body: nothing,
  answer: z.object({
    siteId: id,
    date: localDate,
    /** rounded down to 5 */
    homes: z.int(),
    hours: z.array(siteHour),
  }),
});

export const readFlexibility = partnerRoute({
  name: 'readFlexibility',
  method: 'GET',
  path: '/partner/v1/sites/{siteId}/flexibility',
  scope: 'flexibility:read',
  summary:
    'What the planned batteries and cars of 20 and more homes could do otherwise in the next 24 hours, mean power in steps of 15 kW',
  params: siteParams,
  query: nothing,
  body: nothing,
  answer: z.object({
    siteId: id,
    /** rounded down to 5; 0 with no hours: too few homes have a plan and agree */
    homes: z.int(),
    hours: z.array(flexibleHour),
  }),
});
