import {
  listIntervalBlocks,
  listLocalTimes,
  listMeterReadings,
  listReadingTypes,
  listSubscriptions,
  listUsagePoints,
  readBatch,
  readIntervalBlock,
  readLocalTime,
  readMeterReading,
  readReadingType,
  readUsagePoint,
} from '@hems/shared/partner-api/greenbutton';
import { partnerEndpoint, partnerHttp } from '../runtime/partner.ts';
import { keys } from '../runtime/ports.ts';
import { accessDeps } from '../runtime/staff-access.ts';
import {
  batchFeed,
  blockFeed,
  blocksFeed,
  localTimeFeed,
  meterReadingFeed,
  readingTypeFeed,
  usagePointFeed,
} from '../use-cases/green-button/read-feed.ts';
import { listSubscriptions as list, openSubscription } from '../use-cases/green-button/subscriptions.ts';
import type { Partner } from '../use-cases/stores/partners.ts';

type Asked = { readonly partner: Partner; readonly params: { readonly subscriptionId: string } };

const deps = async () => ({ ...(await accessDeps()), keys: await keys() });
const open = async ({ partner, params: { subscriptionId } }: Asked, part: string) =>
  openSubscription(await deps(), partner, { subscriptionId, part });

export const handler = partnerHttp([
  partnerEndpoint(listSubscriptions, async ({ partner, query }) => list(await deps(), partner, query.after)),
  partnerEndpoint(readBatch, async (asked) => batchFeed(await open(asked, 'Batch'), asked.query)),
  partnerEndpoint(listUsagePoints, async (asked) => usagePointFeed(await open(asked, 'UsagePoint'), 'usagePoints')),
  partnerEndpoint(readUsagePoint, async (asked) => usagePointFeed(await open(asked, 'UsagePoint'), 'usagePoint')),
  partnerEndpoint(listMeterReadings, async (asked) => meterReadingFeed(await open(asked, 'MeterReading'), undefined)),
  partnerEndpoint(readMeterReading, async (asked) =>
    meterReadingFeed(await open(asked, 'MeterReading'), asked.params.meterReadingId),
  ),
  partnerEndpoint(listIntervalBlocks, async (asked) =>
    blocksFeed(await open(asked, 'IntervalBlock'), asked.params.meterReadingId, asked.query),
  ),
  partnerEndpoint(readIntervalBlock, async (asked) => {
    const { meterReadingId, intervalBlockId } = asked.params;
    return blockFeed(await open(asked, 'IntervalBlock'), meterReadingId, intervalBlockId);
  }),
  partnerEndpoint(listReadingTypes, async () => readingTypeFeed(undefined)),
  partnerEndpoint(readReadingType, async ({ params }) => readingTypeFeed(params.readingTypeId)),
  partnerEndpoint(listLocalTimes, async () => localTimeFeed('times')),
  partnerEndpoint(readLocalTime, async () => localTimeFeed('time')),
]);
