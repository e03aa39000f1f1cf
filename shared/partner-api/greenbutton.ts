import * as z from 'zod/mini';
import { nothing } from '../api/nouns.ts';
import { participant } from './participants.ts';
import { partnerRoute } from './route.ts';

/**
 * Connect My Data of ESPI 1.1 (NAESB REQ.21): a subscription is a home, by what this partner calls it. Who it is, is not told here nor anywhere
 * else: the namespace of customers has no resource.
 */
export const ESPI_RESOURCES = '/partner/v1/espi/1_1/resource';
const USAGE_POINTS = `${ESPI_RESOURCES}/Subscription/{subscriptionId}/UsagePoint` as const;
const METER_READINGS = `${USAGE_POINTS}/{usagePointId}/MeterReading` as const;
const BLOCKS = `${METER_READINGS}/{meterReadingId}/IntervalBlock` as const;

/** A home has one connection to the grid, and one zone. */
const usagePointId = z.literal('1');
/** 1: drawn from the grid; 2: fed into it */
const meterReadingId = z.enum(['1', '2']);
const ofSubscription = { subscriptionId: participant };

/** Days that one answer tells of at most. */
export const FEED_DAYS_MAX = 31;
const BLOCKS_MAX = 2 * (FEED_DAYS_MAX + 1);

const instant = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text) => Date.parse(text)),
);
/** A day is published when it is over, Korean time. */
const window = z.strictObject({
  /** RFC 3339; absent: 31 days before published-max */
  'published-min': z.optional(instant),
  /** RFC 3339; absent: now */
  'published-max': z.optional(instant),
  /** interval blocks, of whole days: from 2 to 64; the rest is where the link `next` leads */
  'max-results': z.optional(
    z.pipe(z.string().check(z.regex(/^\d{1,2}$/)), z.transform(Number).check(z.minimum(2), z.maximum(BLOCKS_MAX))),
  ),
});

const base = {
  method: 'GET',
  scope: 'usage:read',
  sandbox: true,
  produces: 'application/atom+xml',
  query: nothing,
  body: nothing,
  answer: z.string(),
} as const;

export const listSubscriptions = partnerRoute({
  name: 'listSubscriptions',
  method: 'GET',
  path: '/partner/v1/espi/1_1/subscriptions',
  scope: 'usage:read',
  sandbox: true,
  summary: 'The homes in your buildings that agree, as of now, that you read what they use, 100 to a page',
  params: nothing,
  /** the last of the page before */
  query: z.strictObject({ after: z.optional(participant) }),
  body: nothing,
  answer: z.object({
    subscriptions: z.array(z.object({ subscriptionId: participant, batch: z.string() })),
    /** for `after` of the next page; null: there is none */
    after: z.nullable(participant),
  }),
});

export const readBatch = partnerRoute({
  ...base,
  name: 'readBatch',
  path: `${ESPI_RESOURCES}/Batch/Subscription/{subscriptionId}`,
  summary: 'Everything of a home: its connection, its zone, how it is measured, and quarter hours of up to 31 days',
  params: z.object(ofSubscription),
  query: window,
});

export const listUsagePoints = partnerRoute({
  ...base,
  name: 'listUsagePoints',
  path: USAGE_POINTS,
  summary: 'The grid connection of a home',
  params: z.object(ofSubscription),
});

export const readUsagePoint = partnerRoute({
  ...base,
  name: 'readUsagePoint',
  path: `${USAGE_POINTS}/{usagePointId}`,
  summary: 'The grid connection of a home',
  params: z.object({ ...ofSubscription, usagePointId }),
});

export const listMeterReadings = partnerRoute({
  ...base,
  name: 'listMeterReadings',
  path: METER_READINGS,
  summary: 'What is measured at a connection: drawn from the grid, and fed into it',
  params: z.object({ ...ofSubscription, usagePointId }),
});

const oneReading = z.object({ ...ofSubscription, usagePointId, meterReadingId });
export const readMeterReading = partnerRoute({
  ...base,
  name: 'readMeterReading',
  path: `${METER_READINGS}/{meterReadingId}`,
  summary: 'One direction at a connection',
  params: oneReading,
});

export const listIntervalBlocks = partnerRoute({
  ...base,
  name: 'listIntervalBlocks',
  path: BLOCKS,
  summary:
    'Quarter hours of one direction, a block for each day; what is not known is left out, what is estimated says so',
  params: oneReading,
  query: window,
});

export const readIntervalBlock = partnerRoute({
  ...base,
  name: 'readIntervalBlock',
  path: `${BLOCKS}/{intervalBlockId}`,
  summary: 'Quarter hours of one direction and day',
  params: z.object({
    ...ofSubscription,
    usagePointId,
    meterReadingId,
    intervalBlockId: z.string().check(z.regex(/^\d{9,10}$/)),
  }),
});

export const listReadingTypes = partnerRoute({
  ...base,
  name: 'listReadingTypes',
  path: `${ESPI_RESOURCES}/ReadingType`,
  summary: 'Units and directions of all meter readings',
  params: nothing,
});

export const readReadingType = partnerRoute({
  ...base,
  name: 'readReadingType',
  path: `${ESPI_RESOURCES}/ReadingType/{readingTypeId}`,
  summary: 'Unit and direction of a meter reading',
  params: z.object({ readingTypeId: meterReadingId }),
});

export const listLocalTimes = partnerRoute({
  ...base,
  name: 'listLocalTimes',
  path: `${ESPI_RESOURCES}/LocalTimeParameters`,
  summary: 'The zone of all homes: Korean time, without daylight saving',
  params: nothing,
});

export const readLocalTime = partnerRoute({
  ...base,
  name: 'readLocalTime',
  path: `${ESPI_RESOURCES}/LocalTimeParameters/{localTimeParametersId}`,
  summary: 'The zone of all homes: Korean time, without daylight saving',
  params: z.object({ localTimeParametersId: usagePointId }),
});
