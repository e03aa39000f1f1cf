import * as z from 'zod';
import { HOUR_MS } from '@hems/models/calendar/seoul';
import type { ErasureReport } from '@hems/shared/api/erasures';
import type { Ids } from '../../ports/ids.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Key, Table, Write } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import {
  pointerWrite,
  readPointer,
  readReceipt,
  readScope,
  receiptPut,
  scopePut,
  type Erased,
  type HouseholdScope,
  type KeptReceipt,
  type Scope,
} from '../stores/erasures.ts';
import { untilWon } from '../until-won.ts';
import { reportOf } from './read-erasure.ts';
import { scopeOf } from './scope.ts';
import { startAttempt, type StartDeps } from './start.ts';

export type AskDeps = StartDeps & { readonly pause: Pause; readonly ids: Ids };
/** An erasure that was asked for. `begun`: households that it takes, where this call began it; else 0. */
export type Begun = { readonly report: ErasureReport; readonly begun: number };
export type Asked = { readonly erasureId: string; readonly forfeit: boolean };
/** What an erasure takes, and what begins with it: all of it or nothing. */
export type Subject = { readonly of: Erased; readonly scope: Scope; readonly writes: readonly Write[] };

const MOST_TRIES = 10;
const tries = z.object({ count: z.int() });
const triesKey = (sub: string): Key => ({ table: 'people', pk: `U#${sub}`, sk: 'ERASURE-TRIES' });

/** Ten an hour for one person, refused ones too. */
const countTry = ({ table, clock, pause }: AskDeps, sub: string): Promise<void> =>
  untilWon(pause, async () => {
    const item = await table.get(triesKey(sub));
    const count = (item ? tries.parse(item.data).count : 0) + 1;
    if (count > MOST_TRIES) throw new Refused('too-many', 'too many attempts to erase; wait an hour', 'too-many-tries');
    const expiresAt = item?.expiresAt ?? Math.ceil((clock.now() + HOUR_MS) / 1000);
    const unchanged = item ? { version: item.version } : ({ absent: true } as const);
    await table.put({ ...triesKey(sub), data: { count }, expiresAt, if: unchanged });
  });

export const householdScope = async (deps: AskDeps, householdId: string): Promise<HouseholdScope> => {
  const scope = await scopeOf(deps.table, { householdId, pseudonym: deps.ids.next() });
  if (!scope) throw new Refused('not-found', `there is no household ${householdId}`);
  return scope;
};

const begin = async (
  deps: AskDeps,
  { erasureId, sub }: { readonly erasureId: string; readonly sub: string },
  { of, scope, writes }: Subject,
): Promise<KeptReceipt> => {
  const receipt: KeptReceipt['receipt'] = {
    subject: 'person' in of ? 'account' : 'household',
    state: 'erasing',
    waitsFor: null,
    attempt: 1,
    askedMs: deps.clock.now(),
    closedMs: null,
    erasedMs: null,
    lines: [],
    under: [],
    found: null,
  };
  await deps.table.transact([
    { put: receiptPut({ erasureId, receipt, version: 0 }) },
    { put: scopePut(erasureId, { scope, version: 0 }) },
    ...('person' in of ? [pointerWrite(of, { erasureId, askedBy: sub })] : []),
    ...writes,
  ]);
  return { erasureId, receipt, version: 1 };
};

type Asking = {
  readonly sub: string;
  readonly asked: Asked;
  /** the erasure of the same subject that the same person has asked for and that is under way */
  readonly pointedBy: () => Promise<string | undefined>;
  /** whether an erasure of the same id is this one; its scope is gone once it has ended */
  readonly isSame: (subject: KeptReceipt['receipt']['subject'], scope: Scope | undefined) => Promise<boolean>;
  /** what it takes; refuses otherwise */
  readonly decide: () => Promise<Subject>;
};

/** The erasure that answers the question already: the one of this id, or one of the same subject that is under way. */
const underWay = async ({ table }: AskDeps, { asked, pointedBy, isSame }: Asking): Promise<KeptReceipt | undefined> => {
  const known = await readReceipt(table, asked.erasureId);
  if (!known) {
    const erasureId = await pointedBy();
    return erasureId === undefined ? undefined : readReceipt(table, erasureId);
  }
  if (!(await isSame(known.receipt.subject, (await readScope(table, asked.erasureId))?.scope)))
    throw new Refused('conflict', 'this erasureId stands for another erasure; make a new one', 'erasure-id-used');
  return known;
};

/**
 * Begins an erasure, once. Asked again, by the same id or by another while it is under way, the answer is the same erasure. What it takes is
 * decided anew when something moved in between.
 */
export const askOnce = async (deps: AskDeps, asking: Asking): Promise<Begun> => {
  const { sub, asked, decide } = asking;
  const before = await underWay(deps, asking);
  if (before) return { report: await reportOf(deps, before), begun: 0 };
  await countTry(deps, sub);
  const { kept, begun } = await untilWon(deps.pause, async () => {
    const meanwhile = await underWay(deps, asking);
    if (meanwhile) return { kept: meanwhile, begun: 0 };
    const subject = await decide();
    const own = await begin(deps, { erasureId: asked.erasureId, sub }, subject);
    return { kept: own, begun: subject.scope.households.length };
  });
  await startAttempt(deps, kept);
  return { report: await reportOf(deps, kept), begun };
};

/** The erasure of the subject that is under way, if that person has asked for it. */
export const pointedAt = async (table: Table, of: Erased, by: string): Promise<string | undefined> => {
  const found = await readPointer(table, of);
  return found?.askedBy === by ? found.erasureId : undefined;
};
