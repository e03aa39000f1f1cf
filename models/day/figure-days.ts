import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { rowOn, type Dated } from '../calendar/dated.ts';
import { GRID_FACTORS } from '../carbon/rows/grid-factor.ts';
import { billedOn, supplyOn, type Billed, type SupplyRows } from '../household/supply-history.ts';
import { AREA_TABLES, SCORE_RULES } from '../score/rows.ts';
import type { Region } from '../tariff/rows/time-of-use.ts';
import { supplyBill, type Contract } from '../tariff/supply-bill.ts';
import { dayCarbon } from './day-carbon.ts';
import { creditAfter, moneyOf, type BillingPeriod, type DayMoney, type MoneyDay } from './day-money.ts';
import { DAY_METHOD, savingOf, usesOf } from './day-saving.ts';
import { scoreOfDays, type DayScore } from './day-score.ts';
import type { BandWh, DayItem, DaySaving } from './day-value.ts';
import { factsOf, type DayFacts } from './derive-day.ts';

/** What the figures of a household's days rest on beside the days. */
export type Home = {
  readonly supplies: SupplyRows;
  /** whose hours a time-of-use contract is billed by; undefined: not known */
  readonly region?: Region | undefined;
  readonly areaM2?: number | undefined;
  readonly isDemo: boolean;
  readonly hasMeter: boolean;
};

type BilledDay = ReturnType<typeof billedOn>;

/** How many dates of a home are billed, each period worked out once. */
export const billingOf = ({ supplies }: Pick<Home, 'supplies'>): ((date: LocalDate) => BilledDay) => {
  const known: Billed[] = [];
  return (date) => {
    const held = known.find(({ period: { from, to } }) => from <= date && date <= to);
    if (held) return held;
    const billed = billedOn(supplies, date);
    if (billed.status === 'billed') known.push(billed);
    return billed;
  };
};

/** The region is part of the contract where its hours are. */
const contractOf = ({ region }: Home, { supply }: Billed): Contract =>
  supply.plan.plan === 'tou' ? { ...supply, region } : supply;

export const bandsIn = ({ region }: Home, day: Pick<DayFacts, 'bandWh'> | undefined): BandWh | undefined =>
  region && day?.bandWh?.[region];

const idOn = (rows: readonly Dated[], date: LocalDate): string | null => rowOn(rows, date)?.id ?? null;

/** Rows and methods that hold in a period, and the contract: what makes other figures of the same days. */
export const basisOf = (home: Home, billed: BilledDay): unknown => {
  const { areaM2, isDemo, hasMeter } = home;
  if (billed.status === 'unbilled')
    return { home: { areaM2, isDemo, hasMeter }, method: DAY_METHOD, unbilled: billed.code };
  const { period, assumed } = billed;
  const supply = contractOf(home, billed);
  const none = { importWh: 0, exportWh: 0, carriedKwh: 0, bandWh: { off: 0, mid: 0, peak: 0 } };
  const bill = supplyBill(supply, period, none);
  return {
    home: { areaM2, isDemo, hasMeter, supply, supplyAssumed: assumed },
    period: { from: period.from, to: period.to },
    method: [DAY_METHOD.id, DAY_METHOD.version],
    tariff: bill.status === 'priced' ? [bill.rows.map(({ id }) => id), bill.provisionalReasons] : bill,
    carbon: [idOn(GRID_FACTORS, period.from), idOn(GRID_FACTORS, period.to)],
    score: [idOn(SCORE_RULES, period.to), idOn(AREA_TABLES, period.to)],
  };
};

export type Stored = DayFacts & Pick<DayItem, 'saving' | 'cost'>;
export type Figures = Pick<DayItem, 'cost' | 'co2' | 'score' | 'saving' | 'withheld'>;
export type FiguredDay = {
  readonly facts: DayFacts;
  readonly figures: Figures;
  /** everything the figures rest on but the basis: hashed, it says whether they have changed */
  readonly inputs: unknown;
};

/** The facts without what only steers the run. */
const restsOn = ({ unheard: _steers, ...facts }: DayFacts): Omit<DayFacts, 'unheard'> => facts;

type Draft = { readonly facts: DayFacts; readonly saving: DayItem['saving']; readonly inputs: unknown };

const draftOf = (home: Home, days: ReadonlyMap<LocalDate, Stored>, wanted: readonly LocalDate[]): Draft[] => {
  const { isDemo, hasMeter, supplies } = home;
  const history = usesOf(days.values(), isDemo);
  const bandsOn = (date: LocalDate) => bandsIn(home, days.get(date));
  return wanted.flatMap((date) => {
    const stored = days.get(date);
    if (!stored) return [];
    const isByHours = supplyOn(supplies, date).supply.plan.plan === 'tou';
    const { saving, baseline } = savingOf({ day: stored, isDemo, hasMeter, history, ...(isByHours && { bandsOn }) });
    const evidence =
      baseline?.status === 'baseline'
        ? [baseline.expected, baseline.evidence.map(({ period, wh, fate }) => [period, wh, fate])]
        : (baseline?.code ?? null);
    return [{ facts: factsOf(stored), saving, inputs: evidence }];
  });
};

const moneyDays = (home: Home, days: readonly Stored[]): MoneyDay[] =>
  days.map((day) => ({ ...day, bandWh: bandsIn(home, day) }));

/** The credit with which the period begins: what its days were told with, else what the days of the period before leave. */
const creditOf = (home: Home, { supply, period }: Billed, days: readonly Stored[]): number => {
  const before = billedOn(home.supplies, addDays(period.from, -1));
  if (!supply.netMetering || before.status === 'unbilled') return 0;
  const { from, to } = before.period;
  const own = days.filter(({ date }) => from <= date && date <= to);
  const carriedKwh = own.find(({ cost }) => cost?.carriedInKwh !== undefined)?.cost?.carriedInKwh ?? 0;
  return creditAfter({ supply: contractOf(home, before), from, to, carriedKwh }, moneyDays(home, own));
};

/** `money` undefined: the day is not billed. */
export const withWon = (saving: DaySaving, money: DayMoney | undefined): DaySaving =>
  saving.status === 'saved'
    ? { ...saving, savedWon: money?.savedWon ?? null, worthWon: money?.worthWon ?? null }
    : saving;

const costOf = (billed: BilledDay, money: DayMoney | undefined, carriedInKwh: number): DayItem['cost'] => {
  if (billed.status === 'unbilled' || !money?.cost) return undefined;
  const { supply, assumed } = billed;
  return { ...money.cost, ...(assumed && { supplyAssumed: true }), ...(supply.netMetering && { carriedInKwh }) };
};

type Parts = {
  readonly billed: BilledDay;
  /** undefined: the day is not billed */
  readonly money: DayMoney | undefined;
  readonly score: DayScore;
  readonly carriedKwh: number;
};

type Withheld = NonNullable<DayItem['withheld']>;

/** Why figures are absent; undefined: none is. */
const withheldOf = ({ hasMeter }: Home, { importWh }: DayFacts, why: Withheld): Withheld | undefined => {
  const isUnmetered = importWh === undefined && !hasMeter;
  const told = (code: string | undefined): string | undefined => (code && isUnmetered ? 'no-grid-meter' : code);
  const { cost, co2, score } = why;
  return cost || co2 || score ? { cost: told(cost), co2: told(co2), score: told(score) } : undefined;
};

const figuresOf = (home: Home, { facts, saving }: Draft, { billed, money, score, carriedKwh }: Parts): Figures => {
  const carbon = dayCarbon(facts);
  return {
    cost: costOf(billed, money, carriedKwh),
    co2: 'co2' in carbon ? carbon.co2 : undefined,
    score: score.status === 'scored' ? { score: score.score, grade: score.grade } : undefined,
    saving: saving && withWon(saving, money),
    withheld: withheldOf(home, facts, {
      cost: billed.status === 'unbilled' ? billed.code : money?.withheld,
      co2: 'withheld' in carbon ? carbon.withheld : undefined,
      score: score.status === 'refused' ? score.code : undefined,
    }),
  };
};

/** What each of the dates of a period costs, and the credit with which the period began. */
export const moneyOfPeriod = (
  home: Home,
  billed: Billed,
  { all, dates }: { all: readonly Stored[]; dates: ReadonlySet<LocalDate> },
): { readonly money: Map<LocalDate, DayMoney>; readonly carriedKwh: number } => {
  const { from, to } = billed.period;
  const carriedKwh = creditOf(home, billed, all);
  const billing: BillingPeriod = { supply: contractOf(home, billed), from, to, carriedKwh };
  const own = all.filter(({ date }) => from <= date && date <= to);
  return { money: moneyOf(billing, moneyDays(home, own), (date) => dates.has(date)), carriedKwh };
};

/** The drafts of one billing period, or of a day that is not billed. */
const figurePeriod = (
  home: Home,
  days: ReadonlyMap<LocalDate, Stored>,
  { billed, drafts }: { billed: BilledDay; drafts: readonly Draft[] },
): FiguredDay[] => {
  const all = [...days.values()];
  const dates = new Set(drafts.map(({ facts }) => facts.date));
  const { money, carriedKwh } =
    billed.status === 'billed'
      ? moneyOfPeriod(home, billed, { all, dates })
      : { money: new Map<LocalDate, DayMoney>(), carriedKwh: 0 };
  return drafts.map((draft) => {
    const { date } = draft.facts;
    const score = scoreOfDays({ date, days: all, areaM2: home.areaM2 });
    const own = money.get(date);
    const figures = figuresOf(home, draft, { billed, money: own, score, carriedKwh });
    const scored = score.status === 'scored' ? score.lines : score.code;
    return {
      facts: draft.facts,
      figures,
      inputs: { day: restsOn(draft.facts), baseline: draft.inputs, before: own?.before ?? null, score: scored },
    };
  });
};

/**
 * Makes the figures of the wanted days (ascending): CO2, saving, cost and score. `days`: ascending, all that is known of them
 * and of the days before that they rest on; of those not wanted the stored saving stands.
 */
export const figureDays = (home: Home, known: readonly Stored[], wanted: readonly LocalDate[]): FiguredDay[] => {
  const days = new Map(known.map((day) => [day.date, day]));
  const drafts = draftOf(home, days, wanted);
  for (const { facts, saving } of drafts) days.set(facts.date, { ...facts, saving });
  const billingOn = billingOf(home);
  return [...Map.groupBy(drafts, ({ facts }) => billingOn(facts.date))].flatMap(([billed, own]) => {
    const figured = figurePeriod(home, days, { billed, drafts: own });
    // the next period begins with the credit that this one was told with
    for (const { facts, figures } of figured) days.set(facts.date, { ...facts, ...figures });
    return figured;
  });
};
