import { addDays, type LocalDate } from '../calendar/seoul.ts';
import type { Contract } from '../tariff/supply-bill.ts';
import type { AdviceHome, WonRange } from './advice-home.ts';
import type { Answered } from './answers.ts';
import type { ResultReason } from './codes.ts';
import { neededAtNightW, NIGHT_HOURS, nightFloor } from './measures.ts';
import { typicalMonth, wonBetween, wonSaved, type Extent, type Month } from './month.ts';
import { sparedByPlug, type PlugHabit } from './plug-idle.ts';
import { AFTER_DAYS, BEFORE_DAYS, changeSince, isOver, type Amount } from './result.ts';
import { RULES } from './rules.ts';
import { sum, wholeDays, type WholeDay } from './whole-days.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

type OfDay = {
  readonly whOf: (day: WholeDay) => number;
  /** the hours that the amount is of, and that a saving of it is counted in */
  readonly hours: readonly number[];
  /** whether two days may be compared */
  readonly isAlike: (date: LocalDate, taken: Taken) => boolean;
  /** whether less load in those hours is as much less on the bill */
  readonly isBilled: (home: AdviceHome) => boolean;
};

const hasBattery = ({ kinds }: AdviceHome): boolean => kinds.has('battery');
const hasRoof = ({ kinds, days }: AdviceHome): boolean =>
  kinds.has('solar_inverter') || days.some(({ solarWh }) => solarWh.some((wh) => (wh ?? 0) > 0));

/** Wh of a day that a suggestion is to lessen. */
const OF_DAY: Readonly<Record<'load' | 'night-floor', OfDay>> = {
  load: {
    whOf: ({ loadWh }) => sum(loadWh),
    hours: HOURS,
    isAlike: () => true,
    isBilled: (home) => home.contract.plan.plan === 'progressive' && !hasBattery(home) && !hasRoof(home),
  },
  /** of the night hours only: what is off then may be on by day. Where a season begins or ends, the boiler's pump is not compared. */
  'night-floor': {
    whOf: (day) => NIGHT_HOURS.length * nightFloor(day),
    hours: NIGHT_HOURS,
    isAlike: (date, { onDate }) => neededAtNightW(date) === neededAtNightW(onDate),
    isBilled: (home) => !hasBattery(home),
  },
};

export type Result =
  | { readonly state: 'measuring'; readonly because: null; readonly wonPerMonth: null }
  | { readonly state: 'measured'; readonly because: null; readonly wonPerMonth: WonRange }
  | { readonly state: 'unclear'; readonly because: ResultReason; readonly wonPerMonth: null };

const MEASURING: Result = { state: 'measuring', because: null, wonPerMonth: null };
const unclear = (because: ResultReason): Result => ({ state: 'unclear', because, wonPerMonth: null });

/** What comes to nothing in whole kWh is not claimed. */
const measured = (wonPerMonth: WonRange | undefined): Result =>
  wonPerMonth && wonPerMonth.low > 0
    ? { state: 'measured', because: null, wonPerMonth }
    : unclear(wonPerMonth ? 'within-variation' : 'too-little-known');

/** A suggestion that was taken. */
export type Taken = Pick<Answered, 'rule' | 'deviceId' | 'onDate'> & {
  /** of the plug that it is about, on the days before */
  readonly plug: PlugHabit | null;
  /** in force when it was taken */
  readonly contract: Contract;
};

/** The days that the result of a suggestion is worked out over. */
const daysAfter = (home: AdviceHome, { onDate }: Taken): WholeDay[] =>
  wholeDays(home, 365).filter(({ date }) => onDate < date && date <= addDays(onDate, AFTER_DAYS));

/** The billing month of today, lived as the days after. */
const monthAfter = (home: AdviceHome, taken: Taken): Month | undefined => typicalMonth(home, daysAfter(home, taken));

const inHours = (hours: readonly number[], { low, high }: { low: number; high: number }): Extent => {
  const each = (wh: number): number[] => HOURS.map((hour) => (hours.includes(hour) ? wh / hours.length : 0));
  return { cautious: () => each(low), full: () => each(high) };
};

const useResult = (home: AdviceHome, taken: Taken, { whOf, hours, isAlike, isBilled }: OfDay): Result => {
  if (!isBilled(home)) return unclear('not-measured');
  const amounts = wholeDays(home, 365).flatMap((day): Amount[] => {
    const cdegc = home.meanCdegc.get(day.date);
    return cdegc === undefined ? [] : [{ date: day.date, wh: whOf(day), cdegc }];
  });
  const change = changeSince(amounts, taken.onDate, {
    today: home.today,
    isAlike: (date) => isAlike(date, taken),
  });
  if (change.status === 'measuring') return MEASURING;
  if (change.status === 'unclear') return unclear(change.because);
  const month = monthAfter(home, taken);
  return measured(month && wonSaved(month, inHours(hours, { low: change.lowWh, high: change.highWh })));
};

const plugResult = (home: AdviceHome, taken: Taken): Result => {
  const plug = home.plugs.find(({ deviceId }) => deviceId === taken.deviceId);
  const spared = plug && taken.plug && sparedByPlug(plug, taken.plug);
  const month = monthAfter(home, taken);
  if (!spared || !month) return unclear('too-little-known');
  return measured(wonSaved(month, { cautious: () => spared.low, full: () => spared.high }));
};

/** Nothing of the use changes with the contract: its bills over the weeks after are the result, once another one is in force. */
const contractResult = (home: AdviceHome, taken: Taken): Result => {
  const days = daysAfter(home, taken);
  if (taken.contract.plan.plan === home.contract.plan.plan) return unclear('not-changed');
  const [before, after] = [taken.contract, home.contract].map((contract) => typicalMonth({ ...home, contract }, days));
  return measured(before && after && wonBetween(before, after));
};

/** Whether what another suggestion saved would be counted for this one too. */
const isMixedWith = (own: Taken, other: Taken): boolean => {
  const { quantity } = RULES[other.rule];
  const countsUse = quantity !== null && quantity !== 'contract';
  return (
    countsUse && addDays(own.onDate, -BEFORE_DAYS) <= other.onDate && other.onDate <= addDays(own.onDate, AFTER_DAYS)
  );
};

/**
 * What a taken suggestion came to by its own quantity. Of those taken at about the same time the first has the saving: `earlier` are those
 * taken before it.
 */
export const resultOf = (home: AdviceHome, taken: Taken, earlier: readonly Taken[]): Result => {
  const { quantity } = RULES[taken.rule];
  if (quantity === null) return unclear('not-measured');
  if (quantity !== 'contract' && earlier.some((other) => isMixedWith(taken, other))) return unclear('other-taken');
  if (!isOver(taken.onDate, home.today)) return MEASURING;
  if (quantity === 'contract') return contractResult(home, taken);
  return quantity === 'plug-off' ? plugResult(home, taken) : useResult(home, taken, OF_DAY[quantity]);
};
