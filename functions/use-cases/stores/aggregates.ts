import * as z from 'zod';
import { aggregate } from '@hems/shared/partner-api/aggregates';
import type { Item, Key, Table } from '../../ports/table.ts';

/**
 * What was published of regions: `AGGREGATES#<month>` / province of table `operations`. Written once and never again: published anew of other homes,
 * two answers could be taken from each other. It names no home, and stays when one goes.
 */
const published = z.object({
  publishedMs: z.int(),
  total: z.custom<z.output<typeof aggregate>>((value) => aggregate.safeParse(value).success),
  districts: z.record(
    z.string(),
    z.custom<z.output<typeof aggregate>>((value) => aggregate.safeParse(value).success),
  ),
});
export type PublishedRegion = z.infer<typeof published> & { readonly province: string };

const partitionOf = (month: string): string => `AGGREGATES#${month}`;
const keyOf = (month: string, province: string): Key => ({ table: 'operations', pk: partitionOf(month), sk: province });
const parse = ({ sk, data }: Item): PublishedRegion => ({ ...published.parse(data), province: sk });

/** By province. */
export const readPublished = async (table: Table, month: string): Promise<PublishedRegion[]> =>
  (await table.query({ table: 'operations', value: partitionOf(month) })).items.map(parse);

/** All provinces of a month at once, or none: `ConditionFailed` where the month is published already. */
export const publishOnce = async (table: Table, month: string, provinces: readonly PublishedRegion[]): Promise<void> =>
  table.transact(
    provinces.map(({ province, ...data }) => ({ put: { ...keyOf(month, province), data, if: { absent: true } } })),
  );
