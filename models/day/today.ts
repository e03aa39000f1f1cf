import { asNumber } from '../baseline/exact-wh.ts';
import { candidateDays } from '../baseline/candidate-days.ts';
import { trimmedMean } from '../baseline/trimmed-mean.ts';
import { dayStart, SLOT_MS, type LocalDate } from '../calendar/seoul.ts';
import { supplyOn } from '../household/supply-history.ts';
import type { HouseholdQuarter } from '../usage/balance.ts';
import type { Hours } from '../usage/unusual.ts';
import { dayCarbon } from './day-carbon.ts';
import { DAY_METHOD, savingOf, usesOf } from './day-saving.ts';
import type { DaySaving } from './day-value.ts';
import { bandWhOf, deriveDay, SLOTS_PER_DAY, type DayFacts, type Hour } from './derive-day.ts';
import { bandsIn, billingOf, moneyOfPeriod, withWon, type Home, type Stored } from './figure-days.ts';

/** What the hours 0 to 23 of a past day came to, Wh; null: not known. */
export type PastHours = { readonly importWh: Hours; readonly loadWh: Hours };

export type TodayCase = {
  readonly home: Home;
  readonly date: LocalDate;
  /** before the date, ascending, with the figures that the daily run leaves them */
  readonly days: readonly Stored[];
  readonly hours: ReadonlyMap<LocalDate, PastHours>;
  /** of the date up to now */
  readonly quarters: readonly HouseholdQuarter[];
  /** the same without what is still open of them */
  readonly closed: readonly HouseholdQuarter[];
};

export type TodayFigures = {
  /** up to now */
  readonly soFar: DayFacts;
  readonly costWon: number | null;
  readonly footprintG: number | null;
  readonly untilMs: number | null;
  readonly saving: DaySaving;
  /** latest first */
  readonly comparedDates: readonly LocalDate[];
};

const SLOTS_PER_HOUR = 4;

/** The hours of a date up to so many of its quarter hours, the last one by its share; undefined where one of them is not known. */
const hoursUntil = (wh: Hours, slots: number): Hour[] | undefined => {
  const hours: Hour[] = [];
  for (let hour = 0; hour * SLOTS_PER_HOUR < slots; hour += 1) {
    const own = wh[hour] ?? null;
    if (own === null) return undefined;
    const share = Math.min(SLOTS_PER_HOUR, slots - hour * SLOTS_PER_HOUR);
    hours.push({ hour, importWh: Math.round((own * share) / SLOTS_PER_HOUR) });
  }
  return hours;
};

/** A past day up to so many of its quarter hours; undefined where its hours until then are not known. */
const dayUntil = (day: DayFacts, hours: PastHours | undefined, slots: number): DayFacts | undefined => {
  if (slots === SLOTS_PER_DAY) return day;
  const until = hours && hoursUntil(hours.importWh, slots);
  if (!until) return undefined;
  const importWh = until.reduce((sum, hour) => sum + hour.importWh, 0);
  return { ...day, importWh, bandWh: bandWhOf(day.date, until) };
};

/** The date up to so many of its quarter hours: those to come are no gap. */
const factsUntil = (date: LocalDate, closed: readonly HouseholdQuarter[], slots: number): DayFacts => {
  const untilMs = dayStart(date) + slots * SLOT_MS;
  const { missingImportSlots = 0, ...facts } = deriveDay(
    date,
    closed.filter(({ startMs }) => startMs < untilMs),
    0,
  );
  const missing = missingImportSlots - (SLOTS_PER_DAY - slots);
  return missing > 0 ? { ...facts, missingImportSlots: missing } : facts;
};

const refused = (code: string, detail: string): DaySaving => ({
  status: 'refused',
  method: DAY_METHOD.id,
  version: DAY_METHOD.version,
  code,
  detail,
});

const moneyOn = ({ home, date, days }: TodayCase, own: Stored) => {
  const billed = billingOf(home)(date);
  if (billed.status !== 'billed') return undefined;
  return moneyOfPeriod(home, billed, { all: [...days, own], dates: new Set([date]) }).money.get(date);
};

type SavingSoFar = Pick<TodayFigures, 'saving' | 'comparedDates'>;

const savingUntil = (one: TodayCase, slots: number): SavingSoFar => {
  const { home, date, days, hours, closed } = one;
  const { isDemo, hasMeter } = home;
  const past = days.flatMap((day) => dayUntil(day, hours.get(day.date), slots) ?? []);
  const byDate = new Map(past.map((day) => [day.date, day]));
  const bandsOn = (of: LocalDate) => bandsIn(home, byDate.get(of));
  const isByHours = supplyOn(home.supplies, date).supply.plan.plan === 'tou';
  const day = factsUntil(date, closed, slots);
  const history = usesOf(past, isDemo);
  const { saving, baseline } = savingOf({ day, isDemo, hasMeter, history, ...(isByHours && { bandsOn }) });
  if (saving.status === 'refused') return { saving, comparedDates: [] };
  const evidence = baseline?.status === 'baseline' ? baseline.evidence : [];
  return {
    saving: withWon(saving, moneyOn(one, { ...day, saving })),
    comparedDates: evidence.filter(({ fate }) => fate === 'used').map(({ period }) => period),
  };
};

/**
 * Today so far. Use, cost and CO2 are those of the day up to now. The saving is the day's own, with its method, its days and its money,
 * of the use up to the last quarter hour that is known, against the use of the same days until the same time; where that time cuts
 * an hour of theirs, its share counts. So it becomes the saving of the day as the day ends.
 */
export const figureToday = (one: TodayCase): TodayFigures => {
  const { home, date, quarters, closed } = one;
  const soFar = deriveDay(date, quarters, 0);
  const carbon = dayCarbon(soFar);
  const last = closed.findLast(({ importWh }) => importWh !== undefined);
  const untilMs = last ? last.startMs + SLOT_MS : null;
  const nothing = home.hasMeter
    ? refused('nothing-yet', 'the grid use of no quarter hour of today is known yet')
    : refused('no-grid-meter', 'the household has no smart meter');
  return {
    soFar,
    costWon: moneyOn(one, soFar)?.cost?.won ?? null,
    footprintG: 'co2' in carbon ? carbon.co2.footprintG : null,
    untilMs,
    ...(untilMs === null
      ? { saving: nothing, comparedDates: [] }
      : savingUntil(one, (untilMs - dayStart(date)) / SLOT_MS)),
  };
};

const NO_EVENTS: ReadonlySet<LocalDate> = new Set();

/** Wh of an hour of the date on the latest days of its kind, the mean of those that the saving looks at; null: too few are known. */
export const usualHourWh = ({ date, hours }: Pick<TodayCase, 'date' | 'hours'>, hour: number): number | null => {
  const asked = { eventDate: date, earlierEventDates: NO_EVENTS };
  const { dates } = candidateDays(asked, 2 * DAY_METHOD.days, DAY_METHOD.candidates);
  const mean = trimmedMean(
    DAY_METHOD,
    dates.flatMap((of) => hours.get(of)?.loadWh[hour] ?? []),
  );
  return mean ? Math.round(asNumber(mean.expected)) : null;
};
