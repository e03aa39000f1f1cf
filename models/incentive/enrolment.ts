import { addDays, dayNumber, type LocalDate } from '../calendar/seoul.ts';
import { FINAL_AFTER_DAYS } from '../day/day-value.ts';
import type { ApplicationState } from './application.ts';
import type { FixedMethod } from './method-fit.ts';
import { halfBefore, halfOf, halfPeriod, monthOf, type Period } from './periods.ts';
import type { Joins, Payer } from './programme.ts';

/** `enrolled`: in a programme of our own; the others are an application's, as its office handles it. */
export type EnrolmentState = 'enrolled' | ApplicationState | 'withdrawn';
export type Step = {
  readonly state: EnrolmentState;
  readonly on: LocalDate;
  readonly reason?: string | undefined;
  /** fixed with the step that asks to take part, in programmes that leave a choice of it */
  readonly baselineMethod?: FixedMethod | undefined;
};

/** Taking part, or waiting for it, has ended. */
export const isOver = (state: EnrolmentState): boolean => state === 'withdrawn' || state === 'rejected';

/** Ours is in force at once; for the others their office decides. */
export const firstState = (payer: Payer): 'enrolled' | 'applied' => (payer === 'us' ? 'enrolled' : 'applied');

const FIRST_DAY: Readonly<Record<Joins, (on: LocalDate) => LocalDate>> = {
  'month-of-application': (on) => `${monthOf(on)}-01`,
  'next-half-year': (on) => halfPeriod(halfBefore(halfOf(on), -1)).from,
  'next-day': (on) => addDays(on, 1),
  'each-by-itself': (on) => addDays(on, 1),
};
/** The first day that counts for who enrols or applies on the day. */
export const firstDay = (joins: Joins, on: LocalDate): LocalDate => FIRST_DAY[joins](on);

/** A while of taking part: first and last day, the day on which it was granted, and the baseline method that was fixed for it. */
export type Spell = {
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  readonly grantedOn: LocalDate;
  readonly baselineMethod?: FixedMethod | undefined;
};

type Open = Omit<Spell, 'to' | 'grantedOn'> & { readonly grantedOn?: LocalDate };

/**
 * When the home takes part, from the steps of its enrolment, oldest first: an application counts from the day it would have been in
 * force, but only once it is approved; the day of withdrawing is the last that counts.
 */
export const spellsOf = (history: readonly Step[], joins: Joins): Spell[] => {
  const spells: Spell[] = [];
  let open: Open | undefined;
  const close = (to: LocalDate | null): void => {
    if (open?.grantedOn !== undefined) spells.push({ ...open, to, grantedOn: open.grantedOn });
    open = undefined;
  };
  for (const { state, on, baselineMethod } of history) {
    if (state === 'enrolled') open = { from: firstDay(joins, on), grantedOn: on, baselineMethod };
    if (state === 'applied') open = { from: firstDay(joins, on), baselineMethod };
    if (state === 'approved' && open) open = { ...open, grantedOn: on };
    if (state === 'rejected') open = undefined;
    if (state === 'withdrawn') close(on);
  }
  close(null);
  return spells;
};

/** The spell that covers a period as a whole. */
export const spellOver = (spells: readonly Spell[], { from, to }: Period): Spell | undefined =>
  spells.find((spell) => spell.from <= from && (spell.to === null || to <= spell.to));

/**
 * Whether a period is settled on the day: from its last day, or from the day on which taking part in it was granted, for as long as
 * late readings may change it. After that it is final.
 */
export const isOpen = ({ to }: Period, { grantedOn }: Spell, date: LocalDate): boolean => {
  const opens = to > grantedOn ? to : grantedOn;
  const age = dayNumber(date) - dayNumber(opens);
  return age >= 0 && age <= FINAL_AFTER_DAYS;
};
