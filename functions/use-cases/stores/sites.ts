import * as z from 'zod';
import { DAY_MS, dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import { REACH_DAYS } from '@hems/models/site/intervals';
import { siteHour } from '@hems/models/site/site-day';
import type { Key, Put, Table } from '../../ports/table.ts';

/**
 * Buildings and complexes of a partner: `SITE#<site>` in its partition, table `operations`, with the blind index of its address, which finds the
 * homes in it. What is told of the homes of a building on a day is kept under `PUBLISHED#<index of the building>`, once and for good and for whoever
 * runs it: two answers, or two sites at one address, cannot be compared.
 */
const site = z.object({ name: z.string(), buildingIndex: z.string() });
export type Site = z.infer<typeof site> & { readonly partnerId: string; readonly siteId: string };

/** `hours`: of the Korean day, 0 to 23; null: not to be told. */
const published = z.object({ homes: z.int(), hours: z.array(siteHour.shape.homes).length(24) });
export type PublishedHomes = z.infer<typeof published>;

type Which = Pick<Site, 'partnerId' | 'siteId'>;
const SITE = 'SITE#';
const key = (partnerId: string, sk: string): Key => ({ table: 'operations', pk: `PARTNER#${partnerId}`, sk });
const publishedKey = (buildingIndex: string, date: LocalDate): Key => ({
  table: 'operations',
  pk: `PUBLISHED#${buildingIndex}`,
  sk: date,
});

export const readSite = async (table: Table, { partnerId, siteId }: Which): Promise<Site | undefined> => {
  const item = await table.get(key(partnerId, SITE + siteId));
  return item && { ...site.parse(item.data), partnerId, siteId };
};

export const readSites = async (table: Table, partnerId: string): Promise<Site[]> => {
  const { items } = await table.query({ table: 'operations', value: `PARTNER#${partnerId}`, prefix: SITE });
  return items.map(({ sk, data }) => ({ ...site.parse(data), partnerId, siteId: sk.slice(SITE.length) }));
};

/** Creates or replaces it. */
export const sitePut = ({ partnerId, siteId, ...data }: Site): Put => ({ ...key(partnerId, SITE + siteId), data });

export const readPublished = async (
  table: Table,
  { buildingIndex }: Pick<Site, 'buildingIndex'>,
  date: LocalDate,
): Promise<PublishedHomes | undefined> => {
  const item = await table.get(publishedKey(buildingIndex, date));
  return item && published.parse(item.data);
};

/** Of two that are made at the same time the first stands. Kept for as long as a day may be asked for. */
export const publishedPut = (
  { buildingIndex }: Pick<Site, 'buildingIndex'>,
  date: LocalDate,
  data: PublishedHomes,
): Put => ({
  ...publishedKey(buildingIndex, date),
  data,
  expiresAt: Math.ceil((dayStart(date) + (REACH_DAYS + 2) * DAY_MS) / 1000),
  if: { absent: true },
});
