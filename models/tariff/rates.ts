import type { LocalDate } from '../calendar/seoul.ts';
import { deductionRates, type DeductionRates } from './deduction-rates.ts';
import type { Period } from './period.ts';
import { refused, type Refusal } from './refusal.ts';
import { CLIMATE, FUEL, FUND, MINIMUM, VAT, type PerKwhRow } from './rows/add-ons.ts';
import type { Voltage } from './rows/residential.ts';
import { rowOn, type Dated, type Provisional } from '../calendar/dated.ts';
import { runsOf, type Run } from './segments.ts';

/** Days of a period with one season, one price list and one climate rate. */
export type Segment<Prices> = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly days: number;
  readonly season: string;
  readonly climateTenths: number;
  readonly prices: Prices;
};

/** Everything the sheet says of one meter-reading period, ready to be multiplied. */
export type Rates<Prices> = {
  readonly period: Period;
  readonly segments: readonly Segment<Prices>[];
  /** `other:16+summer:14`, or the one season */
  readonly split: string;
  /** Σ rate × days, tenths of a won per kWh */
  readonly climateTenthDays: number;
  readonly fuelTenths: number;
  readonly vatBasisPoints: number;
  /** Σ rate × days, basis points */
  readonly fundBasisPointDays: number;
  readonly minimumWon: number;
  readonly deductions: DeductionRates;
  /** the rows behind the figures above, deductions apart */
  readonly rows: readonly Dated[];
  readonly provisional: readonly Provisional[];
};

/** What a plan's price list says of one day. Rows and seasons are compared by identity: a change of either begins a segment. */
export type DayPrices = {
  readonly price: Dated;
  readonly season: { readonly season: string };
  /** the row that holds the seasons, where it is not the price row */
  readonly calendar?: Dated;
};

/** A plan's price lists by day, and what one says of so many days of a period. */
export type Sheet<Day extends DayPrices, Prices> = {
  readonly name: string;
  /** first day of its oldest row */
  readonly since: LocalDate;
  readonly voltage: Voltage;
  readonly on: (date: LocalDate) => Day | undefined;
  readonly prices: (day: Day, days: number, period: Period) => Prices;
};

const FUND_CHANGE: Provisional = {
  code: 'O4',
  reason: 'the fund rate changes inside the period: weighted by days here, by the billed month in one calculator',
};

const addOnsOn = (date: LocalDate) => {
  const [climate, fuel, vat] = [rowOn(CLIMATE, date), rowOn(FUEL, date), rowOn(VAT, date)];
  const [fund, minimum] = [rowOn(FUND, date), rowOn(MINIMUM, date)];
  return climate && fuel && vat && fund && minimum ? { climate, fuel, vat, fund, minimum } : undefined;
};

const noRow = ({ name, since }: { readonly name: string; readonly since: LocalDate }, date: LocalDate): Refusal =>
  refused('no-tariff-row', 'from', `the ${name} has no row for ${date}; it begins on ${since}`);

const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

const sumDays = <Facts>(runs: readonly Run<Facts>[], rate: (facts: Facts) => number): number =>
  runs.reduce((sum, { days, facts }) => sum + rate(facts) * days, 0);

const splitName = (segments: readonly Segment<unknown>[]): string =>
  segments.length === 1
    ? segments.map(({ season }) => season).join('')
    : segments.map(({ season, days }) => `${season}:${days}`).join('+');

/** Each reason once, by its code. */
export const distinctReasons = (reasons: readonly (Provisional | undefined)[]): Provisional[] => [
  ...new Map(reasons.flatMap((reason) => (reason ? [[reason.code, reason] as const] : []))).values(),
];

type PricedDay<Day> = Day & { readonly climate: PerKwhRow };

const segmentOf =
  <Day extends DayPrices, Prices>(sheet: Sheet<Day, Prices>, period: Period) =>
  ({ from, to, days, facts }: Run<PricedDay<Day>>): Segment<Prices> => ({
    from,
    to,
    days,
    season: facts.season.season,
    climateTenths: facts.climate.tenths,
    prices: sheet.prices(facts, days, period),
  });

/** Gathers the rows of a period. Fuel, VAT and the minimum are those of its first day; the fund is weighted by days (O4). */
export const ratesOf = <Day extends DayPrices, Prices>(
  sheet: Sheet<Day, Prices>,
  period: Period,
): Rates<Prices> | Refusal => {
  const priceRuns = runsOf<PricedDay<Day>>(period, (date) => {
    const [day, climate] = [sheet.on(date), rowOn(CLIMATE, date)];
    return day && climate ? { ...day, climate } : undefined;
  });
  const addOnRuns = runsOf(period, addOnsOn);
  if ('missingOn' in priceRuns) return noRow(sheet, priceRuns.missingOn);
  if ('missingOn' in addOnRuns) return noRow(sheet, addOnRuns.missingOn);
  const segments = priceRuns.map(segmentOf(sheet, period));
  const deductions = deductionRates({ period, voltage: sheet.voltage, segments });
  const [first] = addOnRuns;
  if ('missingOn' in deductions || !first) return noRow(sheet, period.from);

  const { fuel, vat, minimum } = first.facts;
  const fundRows = distinct(addOnRuns.map(({ facts }) => facts.fund));
  const priceRows = priceRuns.flatMap(({ facts }) => [facts.price, facts.calendar ?? facts.price, facts.climate]);
  const rows = distinct<Dated>([...priceRows, fuel, vat, ...fundRows, minimum]);
  return {
    period,
    segments,
    split: splitName(segments),
    climateTenthDays: sumDays(addOnRuns, ({ climate }) => climate.tenths),
    fuelTenths: fuel.tenths,
    vatBasisPoints: vat.basisPoints,
    fundBasisPointDays: sumDays(addOnRuns, ({ fund }) => fund.basisPoints),
    minimumWon: minimum.won,
    deductions,
    rows,
    provisional: distinctReasons([
      ...rows.map((row) => row.provisional),
      ...addOnRuns.map(({ facts }) => facts.fuel.provisional),
      fundRows.length > 1 ? FUND_CHANGE : undefined,
    ]),
  };
};

const CACHE_MAX = 4096;
/** Rates by key: the rows of a period are the same for every household, and are gathered once. */
export const ratesCache = <Prices>(compile: (from: LocalDate, to: LocalDate) => Rates<Prices> | Refusal) => {
  const known = new Map<string, Rates<Prices>>();
  return (from: LocalDate, to: LocalDate): Rates<Prices> | Refusal => {
    const key = from + to;
    const held = known.get(key);
    if (held) return held;
    const rates = compile(from, to);
    if ('status' in rates) return rates;
    if (known.size >= CACHE_MAX) known.clear();
    known.set(key, rates);
    return rates;
  };
};
