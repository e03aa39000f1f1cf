import type * as z from 'zod';
import { provinceOf } from '@hems/models/household/region';
import type { readAggregates as route } from '@hems/shared/partner-api/aggregates';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { readPublished } from '../stores/aggregates.ts';
import type { Partner } from '../stores/partners.ts';

/** What was published of a month, of the provinces that the partner sees. */
export const readAggregates = async (
  { table }: { readonly table: Table },
  { regions }: Partner,
  month: string,
): Promise<z.infer<typeof route.answer>> => {
  const published = await readPublished(table, month);
  const [first] = published;
  if (!first)
    throw new Refused(
      'not-found',
      `nothing is published of ${month}; a month is published once, when late readings change it no more, 30 days after its end`,
      'not-published',
    );
  const own = regions && new Set(regions.map((region) => provinceOf(region)));
  const seen = published.filter(({ province }) => own === undefined || [...own].some((one) => one === province));
  return {
    month,
    publishedMs: first.publishedMs,
    provinces: seen.map(({ province, total, districts }) => ({ province, total, districts })),
  };
};
