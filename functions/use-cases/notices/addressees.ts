import { KINDS, needsProof, type NoticeKind } from '@hems/models/notices/kinds';
import type { Role } from '@hems/models/household/household';
import type { Happening } from '@hems/shared/events/bus';
import type { Table } from '../../ports/table.ts';
import { membersOf, readMember } from '../stores/households.ts';
import { provenOf } from '../stores/proofs.ts';

const HEARS: Readonly<Record<(typeof KINDS)[NoticeKind]['to'], readonly Role[]>> = {
  everyone: ['owner', 'member', 'viewer'],
  deciders: ['owner', 'member'],
  owners: ['owner'],
};

type Of = { readonly kind: NoticeKind; readonly householdId: string | null };

/** Nobody is told what a home used before somebody has proved to live there. */
const mayBeTold = async (table: Table, { kind, householdId }: Of): Promise<boolean> =>
  householdId === null || !needsProof(kind) || (await provenOf(table, [householdId])).length === 1;

/** The people whom a happening is for, as of now. */
export const addresseesOf = async (
  table: Table,
  kind: NoticeKind,
  { householdId, personId }: Happening,
): Promise<string[]> => {
  if (!(await mayBeTold(table, { kind, householdId: householdId ?? null }))) return [];
  if (householdId === undefined) return personId === undefined ? [] : [personId];
  const members = await membersOf(table, householdId);
  const hears = personId === undefined ? members.filter(({ role }) => HEARS[KINDS[kind].to].includes(role)) : members;
  return hears.map(({ sub }) => sub).filter((sub) => personId === undefined || sub === personId);
};

/** Whether the person may still be told: who left the home meanwhile, or is no longer one of whom it is for, may not. */
export const isStillFor = async (
  table: Table,
  sub: string,
  { kind, householdId, personal }: Of & { readonly personal: boolean },
): Promise<boolean> => {
  if (householdId === null) return true;
  const member = await readMember(table, householdId, sub);
  if (!member || !(personal || HEARS[KINDS[kind].to].includes(member.role))) return false;
  return mayBeTold(table, { kind, householdId });
};
