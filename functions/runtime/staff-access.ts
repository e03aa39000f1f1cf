import { recordAccesses, type Access, type AccessDeps } from '../use-cases/privacy/record-access.ts';
import type { Caller } from './caller.ts';
import { bus, clock, pause, table } from './ports.ts';

export const accessDeps = async (): Promise<AccessDeps> => ({
  table: await table(),
  clock: await clock(),
  pause,
  bus: await bus(),
});

/** By the identity provider's subject: the same id each time, and no name. */
export const asStaff = ({ sub }: Caller): Access['who'] => ({ kind: 'staff', id: sub });

/** What a member of staff is about to do to households, or to be told of them, into the access log of each. */
export const recordStaff = async (
  caller: Caller,
  { of, ...access }: Pick<Access, 'what' | 'why'> & { readonly of: readonly { readonly householdId: string }[] },
): Promise<void> => {
  const households = of.map(({ householdId }) => householdId);
  await recordAccesses(await accessDeps(), households, { ...access, who: asStaff(caller) });
};
