import { listSites, pushIntervals, readFlexibility, readSiteUsage } from '@hems/shared/partner-api/sites';
import { partnerEndpoint, partnerHttp } from '../runtime/partner.ts';
import { clock, pause, table } from '../runtime/ports.ts';
import { ownSite } from '../use-cases/sites/own-site.ts';
import { readFlexibility as flexibility } from '../use-cases/sites/read-flexibility.ts';
import { readSiteUsage as usage } from '../use-cases/sites/read-site-usage.ts';
import { takeIntervals } from '../use-cases/sites/take-intervals.ts';
import { readSites } from '../use-cases/stores/sites.ts';

const deps = async () => ({ table: await table(), clock: await clock(), pause });

export const handler = partnerHttp([
  partnerEndpoint(listSites, async ({ partner: { partnerId } }) => ({
    sites: (await readSites(await table(), partnerId)).map(({ siteId, name }) => ({ siteId, name })),
  })),
  partnerEndpoint(pushIntervals, async ({ partner: { partnerId }, params: { siteId, meterId }, body }) => {
    await ownSite(await table(), partnerId, siteId);
    const { taken, refused } = await takeIntervals(await deps(), { partnerId, siteId, meterId }, body.intervals);
    return { taken, refused: [...refused] };
  }),
  partnerEndpoint(readSiteUsage, async ({ partner: { partnerId }, params: { siteId }, query: { date } }) => {
    const site = await ownSite(await table(), partnerId, siteId);
    const { homes, hours } = await usage(await deps(), site, date);
    return { siteId, date, homes, hours: [...hours] };
  }),
  partnerEndpoint(readFlexibility, async ({ partner: { partnerId }, params: { siteId } }) => {
    const site = await ownSite(await table(), partnerId, siteId);
    const { homes, hours } = await flexibility(await deps(), site);
    return { siteId, homes, hours: [...hours] };
  }),
]);
