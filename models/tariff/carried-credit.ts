import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { billedKwh } from './billed-kwh.ts';
import type { DayUse } from './use-series.ts';
import { netted } from './net-metering.ts';
import type { Period } from './period.ts';
import { datesOf } from './period-ways.ts';

const knownDays = (period: Period, byDate: ReadonlyMap<LocalDate, DayUse>): DayUse[] | undefined => {
  const days = datesOf(period).flatMap((date) => byDate.get(date) ?? []);
  return days.length === period.days ? days : undefined;
};

/** The net-metered period that a date is billed in; undefined: there is none. */
type PeriodOn = (date: LocalDate) => Period | undefined;

/** The periods before the date of which every day is known, the oldest first; the first gap ends them. */
const periodsBefore = (from: LocalDate, days: readonly DayUse[], periodOn: PeriodOn): DayUse[][] => {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const periods: DayUse[][] = [];
  for (let end = addDays(from, -1); ;) {
    const period = periodOn(end);
    const known = period?.to === end ? knownDays(period, byDate) : undefined;
    if (!period || !known) return periods;
    periods.unshift(known);
    end = addDays(period.from, -1);
  }
};

/**
 * Net-metering credit that enters the period beginning on the date, whole kWh: that of the periods before it carried from one
 * to the next, as far back as every day is known. Credit from before that is not known and counts as none.
 */
export const carriedCredit = (from: LocalDate, days: readonly DayUse[], periodOn: PeriodOn): number =>
  periodsBefore(from, days, periodOn).reduce((carriedKwh, period) => {
    const kwh = (flow: 'importWh' | 'exportWh'): number => billedKwh(period.reduce((sum, day) => sum + day[flow], 0));
    return netted(kwh('importWh'), { exportKwh: kwh('exportWh'), carriedKwh }).carriedOutKwh;
  }, 0);
