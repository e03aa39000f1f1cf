import { dayKind } from '../calendar/holidays.ts';
import { addDays, weekday, type LocalDate } from '../calendar/seoul.ts';
import type { AdviceDay, AdviceHome } from './advice-home.ts';

/** A day of which load and grid use of every hour are known, Wh. */
export type WholeDay = {
  readonly date: LocalDate;
  readonly loadWh: readonly number[];
  readonly importWh: readonly number[];
  /** 0 where there is no roof or nothing is known of it */
  readonly solarWh: readonly number[];
  readonly exportWh: number | null;
  readonly fromBatteryWh: number | null;
};

const whole = (hours: AdviceDay['loadWh']): number[] | undefined => {
  const known = hours.filter((wh) => wh !== null);
  return known.length === 24 ? known : undefined;
};

const wholeDay = ({ date, loadWh, importWh, solarWh, exportWh, fromBatteryWh }: AdviceDay): WholeDay[] => {
  const [load, drawn] = [whole(loadWh), whole(importWh)];
  if (!load || !drawn) return [];
  return [{ date, loadWh: load, importWh: drawn, solarWh: solarWh.map((wh) => wh ?? 0), exportWh, fromBatteryWh }];
};

/** The whole days among the last so many before today, ascending. */
export const wholeDays = ({ days, today }: Pick<AdviceHome, 'days' | 'today'>, last: number): WholeDay[] => {
  const from = addDays(today, -last);
  return days.filter(({ date }) => from <= date && date < today).flatMap(wholeDay);
};

type KindOfDay = 'work' | 'saturday' | 'rest';
/** Sundays and public holidays are lived alike; a year without a holiday table has weekends only. */
export const kindOfDay = (date: LocalDate): KindOfDay => {
  const kind = dayKind(date) ?? (weekday(date) === 6 ? 'sunday' : weekday(date) === 5 ? 'saturday' : 'weekday');
  if (kind === 'saturday') return 'saturday';
  return kind === 'weekday' ? 'work' : 'rest';
};

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);

/** The value below which so great a share of them lies. */
export const shareBelow = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
};

/** Wh of each hour above the quietest hour of the day: what somebody or something chose to use then. */
export const aboveFloor = ({ loadWh }: Pick<WholeDay, 'loadWh'>): number[] => {
  const floor = Math.min(...loadWh);
  return loadWh.map((wh) => wh - floor);
};

/** Surplus of the roof by the hour, where no battery takes it. */
export const surplusOf = ({ solarWh, importWh, loadWh }: WholeDay): number[] =>
  loadWh.map((wh, hour) => Math.max(0, (solarWh[hour] ?? 0) + (importWh[hour] ?? 0) - wh));
