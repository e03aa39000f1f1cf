import * as z from 'zod/mini';
import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { firstOpenDay } from '../day/open-days.ts';
import type { Period } from '../tariff/period.ts';
import { readingPeriod, residencePeriod } from '../tariff/reading-period.ts';
import { ASSUMED_SUPPLY, calendarDay, supply, type Supply } from './supply.ts';

/** A supply and the first day on which it holds, up to the day before the next row. A row begins a billing period on its day. */
export const supplyRow = z.object({ from: calendarDay, supply });
export type SupplyRow = z.infer<typeof supplyRow>;
/** All that a household has said, ascending; before its first row the supply is assumed. */
export type SupplyRows = readonly SupplyRow[];

const later = (a: LocalDate, b: LocalDate | undefined): LocalDate => (b !== undefined && b > a ? b : a);
const earlier = (a: LocalDate, b: LocalDate | undefined): LocalDate => (b !== undefined && b < a ? b : a);

/** A household that moved in under its first row had no supply before it. */
const assumedBefore = (first: SupplyRow | undefined): Supply => {
  const movedIn = first?.supply.movedIn;
  return first && movedIn !== undefined && movedIn >= first.from ? { ...ASSUMED_SUPPLY, movedIn } : ASSUMED_SUPPLY;
};

type Held = {
  readonly supply: Supply;
  /** the household had not said how it is supplied on that day */
  readonly assumed: boolean;
  readonly from?: LocalDate;
  /** the first day of the next row */
  readonly until?: LocalDate;
};

/** The supply in force on the date. */
export const supplyOn = (rows: SupplyRows, date: LocalDate): Held => {
  const row = rows.findLast(({ from }) => from <= date);
  const next = rows.find(({ from }) => from > date);
  return {
    supply: row?.supply ?? assumedBefore(rows[0]),
    assumed: row === undefined,
    ...(row && { from: row.from }),
    ...(next && { until: next.from }),
  };
};

/** The billing period of a day, and the supply that the whole of it is billed by. */
export type Billed = Pick<Held, 'supply' | 'assumed'> & { readonly status: 'billed'; readonly period: Period };
type Unbilled = { readonly status: 'unbilled'; readonly code: string; readonly detail: string };

const unbilled = (code: string, detail: string): Unbilled => ({ status: 'unbilled', code, detail });

/** How the date is billed; a row of the supply is lived in from its first day to the day before the next, like a home. */
export const billedOn = (rows: SupplyRows, date: LocalDate): Billed | Unbilled => {
  const { supply: held, assumed, from, until } = supplyOn(rows, date);
  const { readingDay, movedIn, movedOut } = held;
  if (movedIn !== undefined && date < movedIn)
    return unbilled('before-moving-in', `${date} is before the household moved in on ${movedIn}`);
  if (movedOut !== undefined && date >= movedOut)
    return unbilled('after-moving-out', `${date} is no day of the household, which moved out on ${movedOut}`);
  const [begins, ends] = [later(movedIn ?? '', from), earlier(movedOut ?? '9999-12-31', until)];
  const period = residencePeriod(date, { readingDay, movedIn: begins, movedOut: ends });
  return 'status' in period
    ? unbilled(period.code, `${period.at}: ${period.detail}`)
    : { status: 'billed', period, supply: held, assumed };
};

const startOn = (rows: SupplyRows, date: LocalDate): LocalDate => {
  const { supply: held, from } = supplyOn(rows, date);
  return later(readingPeriod(date, held.readingDay).from, from);
};

/** The first day after the period of the date. */
const nextStart = (rows: SupplyRows, date: LocalDate): LocalDate => {
  const { supply: held, until } = supplyOn(rows, date);
  return earlier(addDays(readingPeriod(date, held.readingDay).to, 1), until);
};

/** Whether the next daily run still reaches every day of the period that the date is part of. */
const isOpen = (rows: SupplyRows, date: LocalDate, today: LocalDate): boolean =>
  startOn(rows, date) >= firstOpenDay(addDays(today, 1));

/**
 * The first day from which a change may hold that the household wants from `wanted` on. A period of which days are final
 * keeps its supply, and its costs add up to its bill: the change waits for the next.
 */
const openFrom = (rows: SupplyRows, wanted: LocalDate, today: LocalDate): LocalDate =>
  isOpen(rows, wanted, today) ? wanted : nextStart(rows, wanted);

/** The day from which a change holds where the household names none: the first of the present period, by its new reading day. */
export const changeDay = (rows: SupplyRows, { readingDay }: Supply, today: LocalDate): LocalDate =>
  supplyOn(rows, today).supply.readingDay === readingDay
    ? startOn(rows, today)
    : openFrom(rows, readingPeriod(today, readingDay).from, today);

/** Why a change cannot hold from the day; undefined: it can. */
export const changeProblem = (rows: SupplyRows, from: LocalDate, today: LocalDate): string | undefined => {
  if (from > today) return `from: ${from} is after today, ${today}; say it once it holds`;
  if (isOpen(rows, from, today)) return undefined;
  const first = openFrom(rows, later(firstOpenDay(addDays(today, 1)), from), today);
  return `from: ${from} is in the billing period that began on ${startOn(rows, from)}; days more than 30 days ago are final, so a change can hold from ${first} on`;
};

/** The rows once the household has said what holds from a day on; what it had said for later days is replaced. */
export const changedBy = (rows: SupplyRows, row: SupplyRow): SupplyRow[] => [
  ...rows.filter(({ from }) => from < row.from),
  row,
];
