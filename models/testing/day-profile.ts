import { addDays, weekday, type LocalDate } from '../calendar/seoul.ts';
import { COMPRESSORS, USES, type Appliance } from './appliances.ts';
import type { Home } from './home.ts';
import { randomFrom, seedOf, uniformAt, type Random } from './random.ts';
import { daylight, solarPower } from './solar.ts';
import { outdoorTemperatures, weatherOn } from './weather.ts';

const MINUTES = 1440;

/** What a day brings to a home whatever its devices do, by minute. A pure function of home and date, so any day can be entered. */
export type DayProfile = {
  /** appliances and light without a plug of their own; heating, cooling and the car come on top */
  readonly baseW: Uint16Array;
  /** in the order of the home's plugs */
  readonly plugW: readonly Uint16Array[];
  readonly evW: Uint16Array;
  readonly solarW: Uint16Array;
  readonly outdoorC: Float64Array;
  readonly peopleHome: Uint8Array;
  /** share of clear-sky sunshine */
  readonly clearness: number;
};

/** Adds watts from a minute on; what would reach past midnight is cut off. */
const run = (watts: Uint16Array, from: number, { minutes, w }: { minutes: number; w: number }): void => {
  const end = Math.min(MINUTES, Math.round(from + minutes));
  for (let minute = Math.max(0, Math.round(from)); minute < end; minute++) watts[minute] = (watts[minute] ?? 0) + w;
};

const isWeekend = (date: LocalDate): boolean => weekday(date) >= 5;

/** On working days all but one go out (the single lives alone and goes too); at the weekend the home empties for a few hours at times. */
const peopleAtHome = (home: Home, date: LocalDate, random: Random): Uint8Array => {
  const present = new Uint8Array(MINUTES).fill(home.people);
  const leave = (from: number, until: number): void => {
    for (let minute = Math.round(from); minute < Math.min(MINUTES, until); minute++)
      present[minute] = Math.max(0, (present[minute] ?? 0) - 1);
  };
  if (isWeekend(date)) {
    if (random() < 0.5) {
      const from = 660 + 240 * random();
      for (let person = 0; person < home.people; person++) leave(from, from + 150 + 90 * uniformAt(home.seed, person));
    }
    return present;
  }
  const leaving = home.people <= 2 ? home.people : home.people - 1;
  for (let person = 0; person < leaving; person++) leave(440 + 70 * random(), 960 + 240 * random());
  return present;
};

/** Homes of fewer people cook and wash less, but not in proportion. */
const busyness = (people: number): number => 0.42 + 0.145 * people;

const LIGHT_W = { first: 50, perPerson: 32 };
const STANDBY_W = { first: 42, perPerson: 9 };

/** Lamps burn while people are up and it is dark. */
const light = (
  date: LocalDate,
  { present, watts, random }: { present: Uint8Array; watts: Uint16Array; random: Random },
): void => {
  const isDay = daylight(date);
  const up = 375 + 40 * random();
  const down = 1380 + 50 * random();
  for (let minute = Math.round(up); minute < Math.min(MINUTES, down); minute++) {
    const here = present[minute] ?? 0;
    if (here > 0)
      watts[minute] =
        (watts[minute] ?? 0) + Math.round((isDay(minute) ? 0.25 : 1) * (LIGHT_W.first + LIGHT_W.perPerson * here));
  }
};

/** Three nights in ten, from half past midnight: 12 to 26 kWh. */
const charge = (home: Home, random: Random): Uint16Array => {
  const watts = new Uint16Array(MINUTES);
  if (home.evW > 0 && random() < 0.3) {
    const neededWh = 12_000 + 14_000 * random();
    run(watts, 30 + 40 * random(), { minutes: (neededWh / home.evW) * 60, w: home.evW });
  }
  return watts;
};

type Sockets = { readonly home: Home; readonly behind: (appliance: Appliance) => Uint16Array; readonly random: Random };

const useAppliances = ({ home, behind, random }: Sockets, date: LocalDate): void => {
  const late = isWeekend(date) ? 80 : 0;
  for (const { appliance, hour, spreadMinutes, chance, steps } of USES) {
    let minute = hour * 60 + (hour < 9 ? late : 0) + spreadMinutes * (2 * random() - 1);
    if (random() >= chance * busyness(home.people)) continue;
    for (const [minutes, w] of steps) {
      run(behind(appliance), minute, { minutes, w });
      minute += minutes;
    }
  }
};

const runCompressors = ({ behind, random }: Sockets, meanC: number): void => {
  for (const { appliance, watts, cycleMinutes, share } of COMPRESSORS) {
    const minutes = cycleMinutes * Math.min(0.8, share + 0.008 * (meanC - 12));
    for (let minute = -cycleMinutes * random(); minute < MINUTES; minute += cycleMinutes) {
      run(behind(appliance), minute, { minutes: minutes + Math.min(0, minute), w: watts });
    }
  }
};

const standBy = ({ home, random }: Sockets, watts: Uint16Array): void => {
  const standbyW = STANDBY_W.first + STANDBY_W.perPerson * home.people;
  for (let minute = 0; minute < MINUTES; minute++) {
    watts[minute] = (watts[minute] ?? 0) + standbyW + Math.floor(8 * random());
  }
};

export const dayProfile = (home: Home, date: LocalDate): DayProfile => {
  const random = randomFrom(seedOf('day', home.seed, date));
  const weather = weatherOn(date);
  const present = peopleAtHome(home, date, random);
  const baseW = new Uint16Array(MINUTES);
  const plugs = new Map<Appliance, Uint16Array>(home.plugs.map((appliance) => [appliance, new Uint16Array(MINUTES)]));
  const sockets: Sockets = { home, behind: (appliance) => plugs.get(appliance) ?? baseW, random };
  useAppliances(sockets, date);
  runCompressors(sockets, (weather.minC + weather.maxC) / 2);
  light(date, { present, watts: baseW, random });
  standBy(sockets, baseW);
  return {
    baseW,
    plugW: home.plugs.map(sockets.behind),
    evW: charge(home, randomFrom(seedOf('car', home.seed, date))),
    solarW: solarPower(date, { kwp: home.solarKwp, clearness: weather.clearness }),
    outdoorC: outdoorTemperatures(weatherOn(addDays(date, -1)), weather, weatherOn(addDays(date, 1))),
    peopleHome: present,
    clearness: weather.clearness,
  };
};
