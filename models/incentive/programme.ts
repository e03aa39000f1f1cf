import type { RefusalCode as NoBaselineCode } from '../baseline/baseline.ts';
import { holdsOn, type Dated } from '../calendar/dated.ts';
import type { LocalDate } from '../calendar/seoul.ts';

/** Who owes the reward. Only ours, and a partner's on an approved settlement file, are ever paid out by us. */
export type Payer = 'us' | 'partner' | 'utility' | 'municipality' | 'aggregator';
export type Unit = 'won' | 'points';
/** What one settlement of the programme covers. */
export type SettlementPeriod = 'month' | 'half-year' | 'event' | 'challenge';

/** The first day that counts for who takes part from a day on; a challenge is joined by itself. */
export type Joins = 'month-of-application' | 'next-half-year' | 'next-day' | 'each-by-itself';

/** What a home must be to take part. Each is a question that the resident or the operator answers. */
export type Condition =
  | 'residential-contract'
  | 'registered-at-address'
  | 'unit-use-is-submitted'
  | 'in-no-other-utility-programme'
  | 'hourly-meter'
  | 'registered-appliance'
  | 'lives-outside-seoul'
  | 'lives-in-the-scheme-area'
  | 'contract-of-200-kw-or-less'
  | 'joined-through-an-aggregator';

export type Version<Rule> = Dated & { readonly rule: Rule };

/** An incentive programme as data: what it pays for, by dated versions. A change of rule is a new version, never an edit. */
export type Programme<Rule> = {
  readonly id: string;
  readonly payer: Payer;
  readonly unit: Unit;
  readonly period: SettlementPeriod;
  readonly joins: Joins;
  /** the consent that taking part needs: an office outside decides on the home and is handed its figures; null: nothing leaves */
  readonly consent: 'government' | null;
  /** beside these, the history that its baseline needs */
  readonly eligibility: readonly Condition[];
  readonly versions: readonly Version<Rule>[];
};

/** Why a period cannot be settled. */
export type NotSettled = { readonly status: 'refused'; readonly code: RefusalCode; readonly detail: string };
export type RefusalCode =
  | NoBaselineCode
  /** no version holds, or an event lies on a day or at an hour that the programme may not call for */
  | 'not-in-force'
  | 'two-versions'
  | 'missing-use'
  /** what the programme pays for is not measured or not kept here */
  | 'not-measured'
  /** the frozen inputs name a version or a method that there is not */
  | 'unknown-rule';
export const notSettled = (code: RefusalCode, detail: string): NotSettled => ({ status: 'refused', code, detail });

/** The one version that holds for every day from the first to the last. A period under two versions is refused, not guessed. */
export const versionFor = <Rule>(
  { id, versions }: Programme<Rule>,
  from: LocalDate,
  to: LocalDate,
): Version<Rule> | NotSettled => {
  const touching = versions.filter(
    (row) => row.effectiveFrom <= to && (row.effectiveTo === null || from <= row.effectiveTo),
  );
  const [version, other] = touching;
  if (other)
    return notSettled(
      'two-versions',
      `${id} has ${touching.map((row) => row.id).join(' and ')} between ${from} and ${to}`,
    );
  if (!version || !holdsOn(version, from) || !holdsOn(version, to))
    return notSettled('not-in-force', `${id} has no version for ${from} to ${to}`);
  return version;
};

/** The version that something was settled by, whatever holds today. */
export const versionNamed = <Rule>({ id, versions }: Programme<Rule>, version: string): Version<Rule> | NotSettled =>
  versions.find((row) => row.id === version) ?? notSettled('unknown-rule', `${id} has no version ${version}`);

export type Facts = Partial<Readonly<Record<Condition, boolean>>>;
export type Eligibility = {
  /** true: every condition is met; null: none is failed, but some are not answered */
  readonly eligible: boolean | null;
  readonly failed: readonly Condition[];
  readonly unanswered: readonly Condition[];
};

/** Holds a home against a programme's conditions, one by one, so that the resident sees which of them decides. */
export const eligibilityOf = ({ eligibility }: Pick<Programme<unknown>, 'eligibility'>, facts: Facts): Eligibility => {
  const failed = eligibility.filter((condition) => facts[condition] === false);
  const unanswered = eligibility.filter((condition) => facts[condition] === undefined);
  return { eligible: failed.length > 0 ? false : unanswered.length > 0 ? null : true, failed, unanswered };
};
