import type { Enrolment, ProgrammeView as Programme, Simulation } from '../api/programmes.ts';
import { dayText, localDateText } from '../format/date.ts';
import { kwhText } from '../format/energy.ts';
import { amountText } from '../format/money.ts';
import { percentText } from '../format/percent.ts';
import { cardOf, ready, type Card, type Loaded } from './card.ts';
import { itemName, periodText, programmeName, type RewardWords } from './reward-words.ts';
import { wordOf } from './word.ts';

type ConditionId = Programme['conditions'][number]['condition'];
export type ConditionView = {
  readonly condition: ConditionId;
  readonly text: string;
  readonly met: 'yes' | 'no' | 'unknown';
  readonly metText: string;
};
/** What the resident can do about a programme now. Challenges are joined one by one, in the community. */
export type ProgrammeAction = 'enrol' | 'apply' | 'withdraw' | 'community' | 'none';

export type ProgrammeCard = {
  readonly programme: string;
  readonly name: string;
  readonly about: string;
  readonly terms: string;
  readonly notes: readonly string[];
  readonly conditions: readonly ConditionView[];
  readonly eligible: string;
  readonly action: ProgrammeAction;
  /** what has to be agreed to first, because figures of the home leave it; null: nothing, or it is agreed to */
  readonly toAgree: 'government' | null;
  /** conditions that only the resident knows */
  readonly toAnswer: readonly ConditionView[];
  readonly enrolment:
    | { readonly state: string; readonly since: string; readonly history: readonly string[] }
    | undefined;
};

const metOf = (met: boolean | null): ConditionView['met'] => (met === null ? 'unknown' : met ? 'yes' : 'no');

const LEAVABLE: readonly Enrolment['state'][] = ['enrolled', 'applied', 'under-review', 'approved', 'paid'];
const OURS: readonly Programme['payer'][] = ['us', 'partner'];

const actionOf = ({ enrolment, version, eligible, payer, period }: Programme): ProgrammeAction => {
  if (period === 'challenge') return 'community';
  if (enrolment !== null && LEAVABLE.includes(enrolment.state)) return 'withdraw';
  if (version === null || eligible === false) return 'none';
  return OURS.includes(payer) ? 'enrol' : 'apply';
};

const enrolmentView = ({ state, from, withdrawnOn, history }: Enrolment, { t, s }: RewardWords) => ({
  state: s.enrolment[state],
  since: withdrawnOn === null ? s.since(localDateText(from, t)) : s.until(localDateText(withdrawnOn, t)),
  history: history.map((step) => {
    const text = s.step(s.enrolment[step.state], localDateText(step.on, t));
    return step.reason === undefined ? text : `${text} · ${step.reason}`;
  }),
});

const notesOf = ({ version }: Programme, { t, s }: RewardWords): string[] => {
  if (version === null) return [s.notInForce];
  const { effectiveFrom, effectiveTo, source, provisional } = version;
  const from = `${effectiveFrom.slice(0, 4)} ${dayText(effectiveFrom, t)}`;
  const to = effectiveTo === null ? undefined : `${effectiveTo.slice(0, 4)} ${dayText(effectiveTo, t)}`;
  return [
    s.inForce(from, to),
    s.source(source),
    ...provisional.map(({ code, reason }) => wordOf(s.doubt, code, reason)),
  ];
};

export const programmeCard = (programme: Programme, words: RewardWords): ProgrammeCard => {
  const { s } = words;
  const conditions = programme.conditions.map(({ condition, met }): ConditionView => {
    const known = metOf(met);
    return { condition, text: s.condition[condition], met: known, metText: s.met[known] };
  });
  return {
    programme: programme.programme,
    name: programmeName(programme.programme, words),
    about: wordOf(s.about, programme.programme, ''),
    terms: `${s.payer[programme.payer]} · ${s.balance[programme.unit]} · ${s.settled[programme.period]}`,
    notes: notesOf(programme, words),
    conditions,
    eligible: s.eligible[metOf(programme.eligible)],
    action: actionOf(programme),
    toAgree: programme.consent?.granted === false ? programme.consent.purpose : null,
    toAnswer: conditions.filter(({ met }) => met === 'unknown'),
    enrolment: programme.enrolment === null ? undefined : enrolmentView(programme.enrolment, words),
  };
};

/** Those the household takes part in first, then those it could, then those that are not in force. */
const ORDER: Record<ProgrammeAction, number> = { withdraw: 0, enrol: 1, apply: 2, community: 3, none: 4 };

export const programmesCard = (
  loaded: Loaded<{ readonly programmes: readonly Programme[] }>,
  words: RewardWords,
): Card<readonly ProgrammeCard[]> =>
  cardOf(loaded, words.t, ({ programmes }) =>
    ready(
      programmes
        .map((programme) => programmeCard(programme, words))
        .toSorted((a, b) => ORDER[a.action] - ORDER[b.action]),
    ),
  );

export type ProgrammeGroup = { readonly name: string; readonly programmes: readonly ProgrammeCard[] };

const GROUPS: Record<ProgrammeAction, keyof RewardWords['s']['groups']> = {
  withdraw: 'mine',
  enrol: 'open',
  apply: 'open',
  community: 'open',
  none: 'closed',
};

/** The same under headings: what the household is in, what it can join, and what it cannot now. */
export const programmeGroups = (programmes: readonly ProgrammeCard[], { s }: RewardWords): ProgrammeGroup[] =>
  (['mine', 'open', 'closed'] as const)
    .map((group) => ({
      name: s.groups[group],
      programmes: programmes.filter(({ action }) => GROUPS[action] === group),
    }))
    .filter(({ programmes: some }) => some.length > 0);

export type SimulationView = {
  readonly total: string;
  readonly atMost: string | undefined;
  readonly periods: readonly {
    readonly period: string;
    readonly amount: string;
    readonly details: readonly string[];
    readonly refused: boolean;
  }[];
  readonly assumptions: readonly string[];
};

type Period = Simulation['periods'][number];

type Told = Extract<Period, { status: 'reward' | 'unpriced' }>;

/** Against what a period was held, how it stood, and why it is worth what it is. */
const detailsOf = (period: Told, unit: Simulation['unit'], words: RewardWords): string[] => {
  const { s, reasons } = words;
  const { savingBasisPoints: saved, baseline, remarks, provisional } = period;
  const lines = period.status === 'reward' ? period.lines.filter(({ amount }) => amount !== 0) : [];
  return [
    s.simulated.baseline(kwhText(baseline.wh), wordOf(reasons.method, baseline.method, baseline.method)),
    ...(saved === null ? [] : [(saved < 0 ? s.simulated.rose : s.simulated.saved)(percentText(saved, 1))]),
    ...lines.map(({ item, amount }) => `${itemName(item, words)} ${amountText(amount, unit)}`),
    ...remarks.map((remark) => wordOf(s.remark, remark, remark)),
    ...baseline.remarks.map((remark) => wordOf(reasons.remark, remark, remark)),
    ...provisional.map(({ code, reason }) => wordOf(s.doubt, code, reason)),
  ];
};

const periodView = (
  period: Period,
  { unit, number }: { readonly unit: Simulation['unit']; readonly number: number },
  words: RewardWords,
): SimulationView['periods'][number] => {
  const { s, reasons } = words;
  const name = periodText(period.period, words) ?? s.simulated.event(number);
  if (period.status === 'refused')
    return { period: name, amount: '–', details: [wordOf(reasons.refusal, period.code, period.detail)], refused: true };
  const amount =
    period.status === 'reward'
      ? amountText(period.amount, unit)
      : s.simulated.unpriced(amountText(period.atMost, unit));
  return { period: name, amount, details: detailsOf(period, unit, words), refused: false };
};

/** What the programme would have paid, latest period first. */
export const simulationCard = (loaded: Loaded<Simulation>, words: RewardWords): Card<SimulationView> =>
  cardOf(loaded, words.t, ({ unit, periods, total, atMostBeside, empty: why, assumptions }) => {
    const { s } = words;
    return ready({
      total: why === null ? s.simulated.total(amountText(total, unit)) : s.simulated.none[why],
      atMost: atMostBeside === 0 ? undefined : s.simulated.atMost(amountText(atMostBeside, unit)),
      periods: periods.map((period, index) => periodView(period, { unit, number: index + 1 }, words)).toReversed(),
      assumptions: assumptions.map((one) => s.assumption[one]),
    });
  });
