import { listSites } from '@hems/shared/partner-api/sites';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { readSite, type Site } from '../stores/sites.ts';

/** The partner's site; another's is not there. */
export const ownSite = async (table: Table, partnerId: string, siteId: string): Promise<Site> => {
  const site = await readSite(table, { partnerId, siteId });
  if (!site)
    throw new Refused('not-found', `siteId: you have no site ${siteId}; GET ${listSites.path} lists them`, 'no-site');
  return site;
};
