import * as z from 'zod';
import { role } from '@hems/models/household/household';
import type { Key, Put, Table } from '../../ports/table.ts';

/**
 * `H#<household>` / `ROSTER` of table `homes`: rewritten with every change of members and invitations, so that two changes which were each
 * decided on what the other one is about to alter cannot both be made. Read it before what the decision rests on.
 */
const storedChange = z.object({
  /** the person's id, and what they became; null: no member any more */
  of: z.string(),
  to: z.nullable(role),
  atMs: z.int(),
  /** the version of the roster that the change made */
  version: z.int(),
});
export type RosterChange = z.infer<typeof storedChange>;

const stored = z.object({
  /** the last ones, the newest last: what has to be told again where telling was cut short */
  changes: z.optional(z.array(storedChange)),
  /** how many invitations were made on the last day on which any was */
  invitedOn: z.string(),
  invited: z.int(),
});
/** So many changes are remembered. */
const CHANGES_KEPT = 20;

/** Version 0: nothing has changed since the household was opened. */
export type Roster = z.infer<typeof stored> & { readonly version: number };

const rosterKey = (householdId: string): Key => ({ table: 'homes', pk: `H#${householdId}`, sk: 'ROSTER' });

export const readRoster = async (table: Table, householdId: string): Promise<Roster> => {
  const item = await table.get(rosterKey(householdId));
  return item ? { ...stored.parse(item.data), version: item.version } : { invitedOn: '', invited: 0, version: 0 };
};

export const rosterPut = (householdId: string, { version, ...data }: Roster): Put => ({
  ...rosterKey(householdId),
  data,
  if: version === 0 ? { absent: true } : { version },
});

/** The roster with one more change; it is written as the next version. */
export const changed = (
  { changes = [], ...roster }: Roster,
  { of, to, atMs }: Omit<RosterChange, 'version'>,
): { readonly roster: Roster; readonly change: RosterChange } => {
  const change = { of, to, atMs, version: roster.version + 1 };
  return { roster: { ...roster, changes: [...changes, change].slice(-CHANGES_KEPT) }, change };
};

/** The change that made of a person what they are now. */
export const lastChangeOf = ({ changes = [] }: Roster, sub: string): RosterChange | undefined =>
  changes.findLast(({ of }) => of === sub);
