import * as z from 'zod';
import { addDays, dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import { monthOf, monthPeriod, monthsIn } from '@hems/models/incentive/periods';
import type { NoStanding, Standing } from '@hems/models/community/standing';
import { ConditionFailed, type Item, type Key, type Put, type Table } from '../../ports/table.ts';

const said = z.object({ atMs: z.int(), personId: z.string() });
/**
 * Who takes part in the community: `COMMUNITY` of the household in table `homes`, with one membership for each time it agreed, the
 * last one last. Nothing in table `community` names a household: there a member is known by the random id of its membership.
 */
const membership = z.object({
  memberId: z.string(),
  /** the text that was agreed to */
  textVersion: z.int(),
  joinedOn: z.string(),
  leftOn: z.nullable(z.string()),
  /** the moment of each, and by whose word (subject of the identity provider) */
  joined: said,
  left: z.nullable(said),
  /** with whom it is compared: fixed by joining */
  segment: z.string(),
});
export type Membership = z.infer<typeof membership>;
const stored = z.object({ memberships: z.array(membership) });
/** Version 0: never agreed. */
export type Memberships = { readonly memberships: readonly Membership[]; readonly version: number };

const membershipKey = (householdId: string): Key => ({ table: 'homes', pk: `H#${householdId}`, sk: 'COMMUNITY' });

export const readMemberships = async (table: Table, householdId: string): Promise<Memberships> => {
  const item = await table.get(membershipKey(householdId));
  return item ? { ...stored.parse(item.data), version: item.version } : { memberships: [], version: 0 };
};

/** The membership in force. */
export const currentOf = ({ memberships }: Pick<Memberships, 'memberships'>): Membership | undefined => {
  const last = memberships.at(-1);
  return last?.leftOn === null ? last : undefined;
};

export const membershipsPut = (householdId: string, { memberships, version }: Memberships): Put => ({
  ...membershipKey(householdId),
  data: { memberships },
  if: version === 0 ? { absent: true } : { version },
});

/** The membership is still as it was read. */
export const membershipCheck = (householdId: string, { version }: Memberships) => ({
  ...membershipKey(householdId),
  if: { version },
});

/** Which membership a meter takes part by, `METER#<device>` of table `homes`: one meter takes part once. */
const claim = z.object({ memberId: z.nullable(z.string()) });
export type Claim = { readonly deviceId: string; readonly memberId: string | null; readonly version: number };
export const claimKey = (deviceId: string): Key => ({ table: 'homes', pk: `METER#${deviceId}`, sk: 'COMMUNITY' });

export const readClaims = async (table: Table, deviceIds: readonly string[]): Promise<Claim[]> => {
  const items = await table.batchGet(deviceIds.map(claimKey));
  return deviceIds.map((deviceId, i) => {
    const item = items[i];
    return item
      ? { deviceId, ...claim.parse(item.data), version: item.version }
      : { deviceId, memberId: null, version: 0 };
  });
};

export const claimPut = ({ deviceId, memberId, version }: Claim): Put => ({
  ...claimKey(deviceId),
  data: { memberId },
  if: version === 0 ? { absent: true } : { version },
});

/** What makes homes comparable: region and building. */
export const segmentOf = ({ region, buildingType }: { region?: string | undefined; buildingType: string }): string =>
  `${region ?? ''}/${buildingType}`;
export const partsOfSegment = (segment: string): { region: string | null; buildingType: string } => {
  const at = segment.lastIndexOf('/');
  return { region: segment.slice(0, at) || null, buildingType: segment.slice(at + 1) };
};

/** How long boards, standings and challenges are kept. */
const KEPT_DAYS = 400;
export const keptFrom = (date: LocalDate): number => dayStart(addDays(date, KEPT_DAYS)) / 1000;

const throughDay = z.object({ through: z.string() });
/**
 * Writes what counts up to a day in place of what counted up to that day or an earlier one. What counts up to a later day stays: an
 * older day may be run again at any time.
 */
export const putLatest = async (table: Table, key: Key, data: { readonly through: LocalDate }): Promise<void> => {
  const found = await table.get(key);
  if (found && throughDay.parse(found.data).through > data.through) return;
  const unchanged = found ? { version: found.version } : ({ absent: true } as const);
  try {
    await table.put({ ...key, data, expiresAt: keptFrom(data.through), if: unchanged });
  } catch (error) {
    // written by another run in between: which one is the later is looked at anew
    if (!(error instanceof ConditionFailed)) throw error;
    await putLatest(table, key, data);
  }
};

/** Standings of a month, by segment: `STAND#<month>#<segment>` / member. */
const knownStanding = z.object({
  status: z.literal('standing'),
  savedBasisPoints: z.int(),
  expectedWh: z.int(),
  actualWh: z.int(),
  knownDays: z.int(),
  absentDays: z.int(),
});
const memberStanding = z.object({
  /** the last day that counts */
  through: z.string(),
  standing: z.discriminatedUnion('status', [
    knownStanding,
    z.object({ status: z.literal('refused'), code: z.string(), detail: z.string() }),
  ]),
  /** grid use of the 30 days up to `through`, where all of them are known */
  use30Wh: z.nullable(z.int()),
  /** the same as a home of normal size would have used it, where the home's area is known */
  sized30Wh: z.nullable(z.int()),
});
export type MemberStanding = z.infer<typeof memberStanding>;
export type NewStanding = Omit<MemberStanding, 'standing'> & { readonly standing: Standing | NoStanding };

/** A segment in a month. */
export type Group = { readonly segment: string; readonly month: string };
export const standingsOf = ({ segment, month }: Group): string => `STAND#${month}#${segment}`;

/** Where a membership may have left something that is kept still: its segment in every month since it joined, the oldest first. */
export const groupsOf = (
  { segment, joinedOn }: Pick<Membership, 'segment' | 'joinedOn'>,
  today: LocalDate,
): Group[] => {
  const kept = addDays(today, -KEPT_DAYS);
  const first = monthPeriod(monthOf(joinedOn > kept ? joinedOn : kept)).from;
  return monthsIn(first, monthPeriod(monthOf(today)).to).map(({ id: month }) => ({ segment, month }));
};
export const standingKey = (group: Group, memberId: string): Key => ({
  table: 'community',
  pk: standingsOf(group),
  sk: memberId,
});

export const readStanding = async (
  table: Table,
  group: Group,
  memberId: string,
): Promise<MemberStanding | undefined> => {
  const item = await table.get(standingKey(group, memberId));
  return item && memberStanding.parse(item.data);
};

export const readStandings = async (
  table: Table,
  group: Group,
): Promise<(MemberStanding & { readonly memberId: string })[]> => {
  const { items } = await table.query({ table: 'community', value: standingsOf(group) });
  return items.map(({ sk, data }: Item) => ({ ...memberStanding.parse(data), memberId: sk }));
};

/** Segments that have a standing in the month: `SEGMENTS#<month>` / segment. */
const segmentKey = ({ segment, month }: Group): Key => ({
  table: 'community',
  pk: `SEGMENTS#${month}`,
  sk: segment,
});

/**
 * Writes the standing, unless there is one of a later day. The first of a segment makes the segment known before; whether it is the
 * first is asked of the segment, because the list of segments is one partition for all members of the country.
 */
export const putStanding = async (
  table: Table,
  group: Group,
  { memberId, ...data }: NewStanding & { readonly memberId: string },
): Promise<void> => {
  const { items } = await table.query({ table: 'community', value: standingsOf(group), limit: 1 });
  if (items.length === 0) await table.put({ ...segmentKey(group), data: {}, expiresAt: keptFrom(data.through) });
  await putLatest(table, standingKey(group, memberId), data);
};

export const readSegments = async (table: Table, month: string): Promise<string[]> => {
  const { items } = await table.query({ table: 'community', value: `SEGMENTS#${month}` });
  return items.map(({ sk }) => sk);
};
