import type { LocalDate } from '@hems/models/calendar/seoul';
import type { Origin } from '@hems/models/household/household';
import { replayShift, type RecordedHome, type RecordedHour } from '@hems/models/testing/recorded-home';
import { creditOf } from './recorded-sets.ts';
import type { ReplayHome } from './replay-folder.ts';

export type ReplayOrigin = Extract<Origin, { type: 'replayed' }>;
/** `auto` makes a Korean household of it; a number multiplies load and PV. */
export type Scale = 'auto' | number;

/** kWh a month of an average Korean home of four, and of its 3 kWp roof. */
const TARGET_KWH = 365;
const PV_TARGET_KWH = 315;
/** Further from its own size a home is no longer plausible. */
const SCALE_MIN = 0.3;
const SCALE_MAX = 1.4;
const HOURS_A_MONTH = 730.5;
/** A Korean household's connection seldom carries more for an hour. */
export const PLAUSIBLE_MAX_KWH = 5;

const recordedHours = ({ days }: RecordedHome): RecordedHour[] =>
  [...days.values()].flatMap((hours) => hours.filter((hour) => hour !== undefined));

const pvMonthKwh = (recorded: RecordedHome): number => {
  const hours = recordedHours(recorded);
  return (hours.reduce((sum, { pvKwh }) => sum + pvKwh, 0) / Math.max(1, hours.length)) * HOURS_A_MONTH;
};

const round3 = (value: number): number => Math.round(value * 1000) / 1000;

const scalesOf = ({ month_kwh, recorded }: ReplayHome, scale: Scale): { scale: number; pvScale: number } => {
  if (scale !== 'auto') return { scale, pvScale: scale };
  const k = Math.min(SCALE_MAX, Math.max(SCALE_MIN, TARGET_KWH / month_kwh));
  const monthKwh = pvMonthKwh(recorded);
  return { scale: round3(k), pvScale: monthKwh > 0 ? round3(PV_TARGET_KWH / monthKwh) : 1 };
};

/** Where a replayed household comes from, as every figure of it will say. */
export const replayOrigin = (home: ReplayHome, { today, scale }: { today: LocalDate; scale: Scale }): ReplayOrigin => {
  const { recorded, source, country, tz } = home;
  const scales = scalesOf(home, scale);
  return {
    type: 'replayed',
    home: home.home,
    set: source,
    country: country.replace(/ \(.*\)$/, ''),
    credit: creditOf(source, scales.scale !== 1 || scales.pvScale !== 1),
    shiftDays: replayShift(recorded, { today, southern: tz.startsWith('Australia/') }),
    ...scales,
    firstDate: recorded.firstDate,
    lastDate: recorded.lastDate,
  };
};

export const largestKwh = ({ recorded }: ReplayHome, { scale }: ReplayOrigin): number =>
  recordedHours(recorded).reduce((max, { loadKwh }) => Math.max(max, loadKwh * scale), 0);

const COUNTRIES: Record<string, string> = {
  'United States': '미국',
  Australia: '호주',
  'United Kingdom': '영국',
  France: '프랑스',
};

export const replayName = ({ home, country }: ReplayOrigin): string =>
  `데모 · ${COUNTRIES[country] ?? country} ${home} (Demo, replayed from a real home, ${country})`;
