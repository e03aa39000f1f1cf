import type { HourlyHome } from '@hems/models/baseline/back-test';
import { addDays } from '@hems/models/calendar/seoul';
import { randomFrom, seedOf } from '@hems/models/testing/random';
import { LEAST_DAYS, TOGETHER_HOURS, usualDay, type Hours, type UnusualRule } from '@hems/models/usage/unusual';

/** A recorded home as one line of hours, Wh; null: not recorded. */
export type Line = { readonly name: string; readonly wh: Hours };
const HOURS = 24;

export const lineOf = ({ name, days }: HourlyHome): Line => {
  const dates = [...days.keys()].toSorted();
  const [from, last] = [dates[0] ?? '', dates.at(-1) ?? ''];
  const wh: (number | null)[] = [];
  for (let date = from; date <= last && date !== ''; date = addDays(date, 1))
    wh.push(...Array.from({ length: HOURS }, (_, hour) => days.get(date)?.[hour]?.wh ?? null));
  return { name, wh };
};

/** Two hours together at each hour, and what was known on that day: the level of the hour, and how far the home had gone above it. */
export type Watched = {
  readonly name: string;
  readonly kwhPerMonth: number;
  /** `NaN`: not known, so not judged */
  readonly usedWh: Float64Array;
  readonly levelWh: Float64Array;
  readonly furthestWh: Float64Array;
};

export type Level = Omit<UnusualRule, 'leastMarginWh'>;

export const watch = ({ name, wh }: Line, level: Level): Watched => {
  const unknown = () => Float64Array.from(wh, () => Number.NaN);
  const watched = {
    name,
    kwhPerMonth: kwhPerMonthOf(wh),
    usedWh: unknown(),
    levelWh: unknown(),
    furthestWh: unknown(),
  };
  for (let index = TOGETHER_HOURS - 1; index < wh.length; index += 1) {
    const parts = wh.slice(index - TOGETHER_HOURS + 1, index + 1);
    watched.usedWh[index] = parts.reduce((sum: number, part) => sum + (part ?? Number.NaN), 0);
  }
  for (let day = LEAST_DAYS; day * HOURS < wh.length; day += 1) {
    const past = wh.slice(Math.max(0, day - level.days) * HOURS, day * HOURS);
    const { levels, furthestWh } = usualDay(past, { ...level, leastMarginWh: 0 });
    for (let hour = 0; hour < HOURS; hour += 1) {
      watched.levelWh[day * HOURS + hour] = levels[hour]?.levelWh ?? Number.NaN;
      watched.furthestWh[day * HOURS + hour] = furthestWh;
    }
  }
  return watched;
};

/** What is added to the level: what the home's own weeks ask for and at least so much, or so much and no more. */
export type Margin = { readonly least: number } | { readonly fixed: number };
const marginAt = ({ furthestWh }: Watched, index: number, margin: Margin): number =>
  'fixed' in margin ? margin.fixed : Math.max(margin.least, furthestWh[index] ?? 0);

/** Something that is switched on beside what the home does. */
export type Spike = { readonly watts: number; readonly hours: number };
export type HomeResult = {
  readonly name: string;
  readonly kwhPerMonth: number;
  readonly months: number;
  /** days on which the home was told something, though nothing was switched on */
  readonly falseAlarms: number;
  readonly spikes: number;
  readonly found: number;
  /** from switching on to the end of the hour that was found unusual, hours, ascending */
  readonly delays: readonly number[];
};

const DAYS_A_MONTH = 365.25 / 12;

const kwhPerMonthOf = (wh: Hours): number => {
  const known = wh.filter((one) => one !== null);
  return (known.reduce((sum, one) => sum + one, 0) / 1000 / known.length) * HOURS * DAYS_A_MONTH;
};

const SPIKES_A_HOME = 200;

type Trial = { readonly home: Watched; readonly margin: Margin };

const isOver = ({ home, margin }: Trial, index: number, addedWh = 0): boolean =>
  (home.usedWh[index] ?? Number.NaN) + addedWh > (home.levelWh[index] ?? Number.NaN) + marginAt(home, index, margin);

/** The energy of a spike within the two hours that end with the index. */
const addedWh = ({ watts, hours }: Spike, start: number, index: number): number => {
  const [from, to] = [Math.max(start, index - TOGETHER_HOURS + 1), Math.min(start + hours, index + 1)];
  return watts * Math.max(0, to - from);
};

/** At random minutes of the days that are judged and on which nothing was told anyway. */
export const tryHome = (home: Watched, margin: Margin, spike: Spike): HomeResult => {
  const trial = { home, margin };
  const days = Array.from({ length: Math.floor(home.usedWh.length / HOURS) }, (_, day) => day);
  const hoursOf = (day: number): number[] => Array.from({ length: HOURS }, (_, hour) => day * HOURS + hour);
  const judged = days.filter((day) => hoursOf(day).some((index) => !Number.isNaN(home.levelWh[index] ?? Number.NaN)));
  const told = new Set(judged.filter((day) => hoursOf(day).some((index) => isOver(trial, index))));
  // the last day is over before some of its spikes are
  const quiet = judged.filter((day) => !told.has(day) && day + 1 < days.length);
  const random = randomFrom(seedOf('spikes', home.name));
  const delays: number[] = [];
  for (let tried = 0; tried < SPIKES_A_HOME; tried += 1) {
    const day = quiet[Math.floor(random() * quiet.length)] ?? 0;
    const start = (day + random()) * HOURS;
    const last = Math.ceil(start + spike.hours);
    let index = Math.floor(start);
    while (index <= last && !isOver(trial, index, addedWh(spike, start, index))) index += 1;
    if (index <= last) delays.push(index + 1 - start);
  }
  return {
    name: home.name,
    kwhPerMonth: home.kwhPerMonth,
    months: judged.length / DAYS_A_MONTH,
    falseAlarms: told.size,
    spikes: SPIKES_A_HOME,
    found: delays.length,
    delays: delays.toSorted((a, b) => a - b),
  };
};

export type Figures = {
  readonly falseAlarmsPerMonth: number;
  /** of the home that was told most often */
  readonly mostPerMonth: number;
  readonly foundPercent: number;
  readonly delayHours: { readonly middle: number; readonly most: number };
};

const total = (results: readonly HomeResult[], of: (one: HomeResult) => number): number =>
  results.reduce((sum, one) => sum + of(one), 0);

/** `most`: nine of ten were found within it. */
export const figuresOf = (results: readonly HomeResult[]): Figures => {
  const delays = results.flatMap((one) => one.delays).toSorted((a, b) => a - b);
  const at = (share: number): number => delays[Math.floor(share * delays.length)] ?? Number.NaN;
  return {
    falseAlarmsPerMonth: total(results, (one) => one.falseAlarms) / total(results, (one) => one.months),
    mostPerMonth: Math.max(...results.map(({ falseAlarms, months }) => falseAlarms / months)),
    foundPercent: (100 * total(results, (one) => one.found)) / total(results, (one) => one.spikes),
    delayHours: { middle: at(0.5), most: at(0.9) },
  };
};
