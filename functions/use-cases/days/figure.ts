import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import { HISTORY_DAYS } from '@hems/models/day/day-saving';
import type { DayItem } from '@hems/models/day/day-value';
import type { DayFacts } from '@hems/models/day/derive-day';
import { basisOf, billingOf, figureDays, type FiguredDay, type Home } from '@hems/models/day/figure-days';
import { canonicalHash } from '../canonical-hash.ts';
import type { StoredDay } from '../stores/days.ts';

/** Days are read so far before the first one whose figures are made: its baseline, or the two billing periods before it. */
export const readFrom = (first: LocalDate): LocalDate => addDays(first, -HISTORY_DAYS);

/** The fingerprint of what the figures of a day rest on beside the days, made once for each billing period. */
export const fingerprints = (home: Home): ((date: LocalDate) => string) => {
  const known = new Map<string, string>();
  const billingOn = billingOf(home);
  return (date) => {
    const billed = billingOn(date);
    const key = billed.status === 'billed' ? billed.period.from : billed.code;
    const basis = known.get(key) ?? canonicalHash(basisOf(home, billed)).slice(0, 16);
    known.set(key, basis);
    return basis;
  };
};

const toItem = (
  { facts, figures, inputs }: FiguredDay,
  basis: string,
  before: DayItem | undefined,
): DayItem | undefined => {
  const inputsHash = canonicalHash({ basis, inputs });
  const isFirst = before === undefined || before.inputsHash === '';
  const isSame = before?.inputsHash === inputsHash;
  if (isSame && before.unheard === facts.unheard) return undefined;
  const revision = isFirst ? 0 : before.revision + (isSame ? 0 : 1);
  return { ...facts, ...figures, basis, revision, inputsHash };
};

export type Wanted = {
  readonly home: Home;
  readonly basisOn: (date: LocalDate) => string;
  readonly stored: ReadonlyMap<LocalDate, StoredDay>;
  /** what is known of days where it may be other than what is stored: of the wanted ones, and of days that turned out to be the same */
  readonly facts: ReadonlyMap<LocalDate, DayFacts>;
  /** ascending */
  readonly wanted: readonly LocalDate[];
};

/** A day that was derived again and is not wanted says the same, and its figures stand: those of the days after it rest on them. */
const known = (own: DayFacts | undefined, before: DayItem | undefined): DayFacts | DayItem | undefined =>
  own && before ? { ...own, saving: before.saving, cost: before.cost } : (own ?? before);

/** The days among the wanted whose inputs have changed, ascending, with the version that was read. */
export const changedDays = ({ home, basisOn, stored, facts, wanted }: Wanted): StoredDay[] => {
  const dates = [...new Set([...stored.keys(), ...facts.keys()])].toSorted();
  const days = dates.flatMap((date) => known(facts.get(date), stored.get(date)?.day) ?? []);
  return figureDays(home, days, wanted).flatMap((figured) => {
    const { date } = figured.facts;
    const before = stored.get(date);
    const day = toItem(figured, basisOn(date), before?.day);
    return day ? [{ day, version: before?.version ?? 0 }] : [];
  });
};
