import type { AutoJoinRule } from '@hems/models/incentive/auto-join';

/** The form of the rule, as it is typed. */
export type RuleDraft = {
  readonly isOn: boolean;
  readonly points: string;
  readonly won: string;
  readonly quietWeekdays: readonly number[];
  readonly hasHours: boolean;
  readonly fromHour: number;
  readonly toHour: number;
  readonly hasDates: boolean;
  readonly from: string;
  readonly to: string;
  /** `any`, or a number */
  readonly most: string;
};
export const ANY = 'any';

/** The evening and the night, until somebody says otherwise. */
const HOURS = { fromHour: 22, toHour: 7 };

export const ruleDraftOf = (rule: AutoJoinRule, today: string): RuleDraft => ({
  isOn: rule.isOn,
  points: String(rule.minimum.points),
  won: String(rule.minimum.won),
  quietWeekdays: rule.quietWeekdays,
  hasHours: rule.quietHours !== null,
  ...(rule.quietHours ?? HOURS),
  hasDates: rule.quietDates !== null,
  ...(rule.quietDates ?? { from: today, to: today }),
  most: rule.mostPerWeek === null ? ANY : String(rule.mostPerWeek),
});

const MOST = 1_000_000;
const amountOf = (text: string): number | undefined => {
  const plain = text.replaceAll(',', '').trim();
  return /^\d{1,7}$/.test(plain) && Number(plain) <= MOST ? Number(plain) : undefined;
};
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export type RuleFault = 'points' | 'won' | 'hours' | 'dates';

const isHours = ({ hasHours, fromHour, toHour }: RuleDraft): boolean => !hasHours || fromHour !== toHour;
const isDates = ({ hasDates, from, to }: RuleDraft): boolean =>
  !hasDates || (DATE.test(from) && DATE.test(to) && from <= to);

const SOUND: Readonly<Record<RuleFault, (draft: RuleDraft) => boolean>> = {
  points: ({ points }) => amountOf(points) !== undefined,
  won: ({ won }) => amountOf(won) !== undefined,
  hours: isHours,
  dates: isDates,
};
const FAULTS = ['points', 'won', 'hours', 'dates'] as const;

/** The rule that was stated, or every part of it that is none. */
export const statedRule = (draft: RuleDraft): { rule: AutoJoinRule } | { faults: readonly RuleFault[] } => {
  const faults = FAULTS.filter((fault) => !SOUND[fault](draft));
  if (faults.length > 0) return { faults };
  const { isOn, quietWeekdays, fromHour, toHour, from, to, most } = draft;
  return {
    rule: {
      isOn,
      minimum: { points: amountOf(draft.points) ?? 0, won: amountOf(draft.won) ?? 0 },
      quietWeekdays: quietWeekdays.toSorted((a, b) => a - b),
      quietHours: draft.hasHours ? { fromHour, toHour } : null,
      quietDates: draft.hasDates ? { from, to } : null,
      mostPerWeek: most === ANY ? null : Number(most),
    },
  };
};
