import { addDays, DAY_MS, dayStart, localDate, SLOT_MS } from '@hems/models/calendar/seoul';
import type { Draft } from '@hems/models/testing/home-points';
import type { Owed } from './gateway-memory.ts';
import type { LivingHome } from './living-home.ts';

type At = { readonly atMs: number };

/** Whole days before today; what is older is not sent. */
export const HISTORY_DAYS = 60;
/** What is nearest to now is sent first, so that the day's chart fills first. */
const RECENT_MS = DAY_MS;

const nextSlot = (ms: number): number => Math.ceil(ms / SLOT_MS) * SLOT_MS;

const stretch = <State extends At>(state: State, toMs: number): Owed<State>[] => {
  const nextMs = nextSlot(state.atMs);
  return nextMs < toMs ? [{ state, nextMs, toMs }] : [];
};

/** The home lives until `toMs`; when that skips a quarter hour, the time between is owed, its last day first. */
export const owe = <State extends At>(
  home: LivingHome<State>,
  { home: before, owed }: { home: State; owed: readonly Owed<State>[] },
  toMs: number,
): { home: State; owed: readonly Owed<State>[] } => {
  if (toMs - before.atMs <= SLOT_MS) return { home: home.step(before, toMs), owed };
  const oldest = home.step(before, dayStart(addDays(localDate(toMs), -HISTORY_DAYS)));
  const recent = home.step(oldest, nextSlot(toMs - RECENT_MS));
  return { home: home.step(recent, toMs), owed: [...stretch(recent, toMs), ...stretch(oldest, recent.atMs), ...owed] };
};

/** The points of the next owed quarter hours, whole instants, up to about `most`; and what is owed once they are sent. */
export const firstOwed = <State extends At>(
  home: LivingHome<State>,
  [first]: readonly Owed<State>[],
  most: number,
): { drafts: Draft[]; rest: (owed: readonly Owed<State>[]) => readonly Owed<State>[] } => {
  if (!first) return { drafts: [], rest: (owed) => owed };
  const drafts: Draft[] = [];
  let { state, nextMs } = first;
  while (nextMs < first.toMs && drafts.length + home.devices.length <= most) {
    state = home.step(state, nextMs);
    drafts.push(...home.look(state, nextMs));
    nextMs += SLOT_MS;
  }
  const left: Owed<State>[] = nextMs < first.toMs ? [{ state, nextMs, toMs: first.toMs }] : [];
  return { drafts, rest: (owed) => owed.flatMap((one) => (one === first ? left : [one])) };
};
