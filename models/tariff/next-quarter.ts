import { rowOn, type Dated } from '../calendar/dated.ts';
import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { CLIMATE, FUEL, FUND, MINIMUM, UNANNOUNCED, VAT } from './rows/add-ons.ts';
import { DISCOUNTS, SMALL_USE, STACKING } from './rows/deductions.ts';
import { NET_METERING } from './rows/net-metering.ts';
import { RESIDENTIAL, TIERS } from './rows/residential.ts';
import { BAND_HOURS, TIME_OF_USE } from './rows/time-of-use.ts';

/** What every bill needs a row of. Deductions that were for a while only are not among them. */
const TARIFFS: Readonly<Record<string, readonly Dated[]>> = {
  'residential low': RESIDENTIAL.low,
  'residential high': RESIDENTIAL.high,
  tiers: TIERS,
  'time of use': TIME_OF_USE,
  'band hours mainland': BAND_HOURS.mainland,
  'band hours jeju': BAND_HOURS.jeju,
  climate: CLIMATE,
  fuel: FUEL,
  vat: VAT,
  fund: FUND,
  minimum: MINIMUM,
  discounts: DISCOUNTS,
  stacking: STACKING,
  'small use': SMALL_USE,
  'net metering': NET_METERING,
};

/** A notice comes ten days before its quarter. A day later its row should be there, and whoever enters it has nine days left. */
const AHEAD_DAYS = 9;

/** The first day of the quarter after the one of `date`. */
export const nextQuarter = (date: LocalDate): LocalDate => {
  const year = Number(date.slice(0, 4));
  const month = Math.ceil(Number(date.slice(5, 7)) / 3) * 3 + 1;
  return month > 12 ? `${year + 1}-01-01` : `${year}-${String(month).padStart(2, '0')}-01`;
};

/** Tariffs by name that have no row for the next quarter, or one that only stands in; none until nine days before it begins. */
export const missingNextQuarter = (
  today: LocalDate,
  tariffs: Readonly<Record<string, readonly Dated[]>> = TARIFFS,
): string[] => {
  const begins = nextQuarter(today);
  if (today < addDays(begins, -AHEAD_DAYS)) return [];
  return Object.entries(tariffs)
    .filter(([, rows]) => (rowOn(rows, begins)?.source ?? UNANNOUNCED) === UNANNOUNCED)
    .map(([name]) => name);
};
