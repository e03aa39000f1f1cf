import { basisPoints, exactly } from '../baseline/exact-wh.ts';
import { weekPart, type KnownDay, type NoReference, type Part, type Reference } from './reference.ts';

/** What a member saved of its own baseline. */
export type Standing = {
  readonly status: 'standing';
  readonly savedBasisPoints: number;
  readonly expectedWh: number;
  /** as it counts: with the heaviest day for each that is not known or left */
  readonly actualWh: number;
  readonly knownDays: number;
  readonly absentDays: number;
};
/** The days may not be held against the year before, whatever they say. */
export type Barred = {
  readonly status: 'refused';
  readonly code: 'meter-changed' | 'installation-changed' | 'household-split';
  readonly detail: string;
};
export type NoStanding =
  | NoReference
  | Barred
  | { readonly status: 'refused'; readonly code: 'too-few-days' | 'looks-absent'; readonly detail: string };

/** More than this is no saving: the home was left, or part of it went elsewhere. */
export const MOST_SAVED_BASIS_POINTS = 5000;
const MIN_KNOWN_PERCENT = 90;
const MAX_ABSENT_PERCENT = 20;

type Counted = Part & { readonly wh: number | null };
const sum = (days: readonly Counted[], of: (day: Counted) => number): number =>
  days.reduce((total, day) => total + of(day), 0);

const refused = (code: 'too-few-days' | 'looks-absent', detail: string): NoStanding => ({
  status: 'refused',
  code,
  detail,
});

const isAbsent = ({ wh, absentBelowWh }: Counted): boolean => wh !== null && wh < absentBelowWh;

/**
 * The standing over the given days. A day that is not known, or on which the home looks left, counts as the heaviest of the
 * reference: nothing is won by hiding a day, or by leaving on those that would have been heavy.
 */
export const standingOf = (reference: Reference | NoReference, days: readonly KnownDay[]): Standing | NoStanding => {
  if (reference.status === 'refused') return reference;
  const all = days.map(({ date, wh }): Counted => ({ ...reference[weekPart(date)], wh }));
  const known = all.filter(({ wh }) => wh !== null);
  const left = all.filter(isAbsent);
  if (known.length === 0 || known.length * 100 < all.length * MIN_KNOWN_PERCENT)
    return refused(
      'too-few-days',
      `${known.length} of ${all.length} days are known; ${MIN_KNOWN_PERCENT} % are needed`,
    );
  if (left.length * 100 > all.length * MAX_ABSENT_PERCENT)
    return refused(
      'looks-absent',
      `on ${left.length} of ${all.length} days hardly more was used than by an empty home; that is an absence, not a saving`,
    );
  const expectedWh = sum(all, (day) => day.expectedWh);
  const actualWh = sum(all, (day) => (day.wh === null || isAbsent(day) ? day.heaviestWh : day.wh));
  const savedBasisPoints = basisPoints(exactly(expectedWh - actualWh), exactly(expectedWh));
  if (savedBasisPoints > MOST_SAVED_BASIS_POINTS)
    return refused('looks-absent', 'less than half of the baseline was used; that is an absence, not a saving');
  return {
    status: 'standing',
    savedBasisPoints,
    expectedWh,
    actualWh,
    knownDays: known.length,
    absentDays: left.length,
  };
};
