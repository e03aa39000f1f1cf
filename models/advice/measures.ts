import type { LocalDate } from '../calendar/seoul.ts';
import { darknessAt } from './darkness.ts';
import type { Extent, Measure, MonthDay } from './month.ts';
import { degreesOf, type Slope } from './temperature-slope.ts';
import { aboveFloor, shareBelow, sum, surplusOf, type WholeDay } from './whole-days.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const perHour = (of: (hour: number) => number): number[] => HOURS.map(of);

/** Shares an amount of Wh over the hours as the weights have it; none where there is no weight. */
const spread = (wh: number, weights: readonly number[]): number[] => {
  const whole = sum(weights);
  return weights.map((weight) => (whole > 0 ? (wh * weight) / whole : 0));
};

/** The same measure between two extents of one of its figures. */
const between = ([cautious, full]: readonly [number, number], measure: (figure: number) => Measure): Extent => ({
  cautious: measure(cautious),
  full: measure(full),
});

/** A room is kept one degree cooler in winter, or warmer in summer: so many degrees less are to be made up for outdoors. */
const STEP_CDEGC = 100;
/** Not all that follows the temperature outdoors is heating or cooling. */
const SURELY_WARMTH = 0.5;
/** Of a normal distribution: one in ten lies beyond. */
const ONE_IN_TEN = 1.2816;

/** Wh a day that one degree less of heating or cooling saves on a day of that mean temperature. */
export const stepWh = ({ side, balanceCdegc, whPerDegree }: Slope, cdegc: number): number => {
  const moved = side === 'heating' ? balanceCdegc - STEP_CDEGC : balanceCdegc + STEP_CDEGC;
  return whPerDegree * (degreesOf(side, balanceCdegc, cdegc) - degreesOf(side, moved, cdegc));
};

export const oneDegree = (slope: Slope, meanCdegc: ReadonlyMap<LocalDate, number>): Extent => {
  const least = SURELY_WARMTH * Math.max(0, slope.whPerDegree - ONE_IN_TEN * slope.errorWh);
  return between([least, slope.whPerDegree], (whPerDegree) => ({ day }) => {
    const cdegc = meanCdegc.get(day.date);
    const wh = cdegc === undefined ? 0 : stepWh({ ...slope, whPerDegree }, cdegc);
    return spread(wh, aboveFloor(day));
  });
};

/** W that a home needs at night whoever lives there: a refrigerator, one for kimchi, a router; and the pump of its boiler. Our own convention. */
const NEEDED_W = { always: 100, boiler: 80 };
const HEATING_MONTHS = [11, 12, 1, 2, 3];
export const neededAtNightW = (date: LocalDate): number =>
  NEEDED_W.always + (HEATING_MONTHS.includes(Number(date.slice(5, 7))) ? NEEDED_W.boiler : 0);
export const NIGHT_HOURS = [1, 2, 3, 4];

/** The quietest hour of a night, Wh, which is W. */
export const nightFloor = ({ loadWh }: Pick<WholeDay, 'loadWh'>): number =>
  Math.min(...NIGHT_HOURS.map((hour) => loadWh[hour] ?? 0));
/** What runs in the quieter nights: a party, a car or a night of heating is no standby. */
export const usualFloor = (days: readonly WholeDay[]): number => shareBelow(days.map(nightFloor), 0.25);

export const lessStandby = (spareW: number): Extent =>
  between([0.2, 0.5], (share) => ({ day }) => {
    return day.loadWh.map((wh) => Math.min(wh, share * spareW));
  });

/** Some lamps are LED already, and nobody replaces all of them. */
export const ledLamps = (watts: number): Extent =>
  between(
    [0.2, 0.5],
    (share) =>
      ({ date, day }) =>
        perHour((hour) =>
          hour >= 16 && hour < 23 ? Math.min(day.loadWh[hour] ?? 0, share * watts * darknessAt(date, hour)) : 0,
        ),
  );

/** A plug switched off at night only, or whenever the device rests. */
export const plugOff = ({ idleW, restsHours }: { readonly idleW: number; readonly restsHours: number }): Extent => ({
  cautious: () => perHour((hour) => (hour < 7 || hour === 23 ? idleW * (restsHours / 24) : 0)),
  full: () => perHour(() => idleW * (restsHours / 24)),
});

const inBand = ({ bands }: MonthDay, band: 'off' | 'peak'): boolean[] => HOURS.map((hour) => bands?.[hour] === band);
const among = (values: readonly number[], chosen: readonly boolean[]): number[] =>
  values.map((value, hour) => (chosen[hour] ? value : 0));

/** Of what is used in peak hours above the day's floor, a part is used in the cheapest hours of the same day instead. */
export const outOfPeak = (): Extent =>
  between([0.1, 0.25], (share) => (one) => {
    const peak = among(aboveFloor(one.day), inBand(one, 'peak'));
    const less = peak.map((wh) => share * wh);
    const more = spread(
      sum(less),
      among(
        HOURS.map(() => 1),
        inBand(one, 'off'),
      ),
    );
    return perHour((hour) => (less[hour] ?? 0) - (more[hour] ?? 0));
  });

const EVENING_HOURS = HOURS.map((hour) => hour >= 17 && hour < 24);

/** Of what is used in the evening above the day's floor, a part is used while the roof feeds in. */
export const intoTheSun = (): Extent =>
  between([0.1, 0.25], (share) => ({ day }) => {
    const surplus = surplusOf(day);
    const evening = among(aboveFloor(day), EVENING_HOURS);
    const movedWh = Math.min(share * sum(evening), sum(surplus));
    const [less, more] = [spread(movedWh, evening), spread(movedWh, surplus)];
    return perHour((hour) => (less[hour] ?? 0) - (more[hour] ?? 0));
  });

/** What comes back out of a battery of what went in. */
const ROUND_TRIP = 0.85;

/** What a battery gave at most on a day, Wh: so much of it is seen to be usable. */
export const usableWh = (days: readonly WholeDay[]): number =>
  Math.max(0, ...days.map((day) => day.fromBatteryWh ?? 0));

/** What the battery did not give yet of that on each day, given where it is dear and taken where it is cheap, or from the roof's surplus. */
export const batteryFilled = (mostWh: number): Extent =>
  between([0.5, 1], (share) => (one) => {
    const { day, bands } = one;
    const source = bands
      ? among(
          HOURS.map(() => 1),
          inBand(one, 'off'),
        )
      : surplusOf(day);
    const target = among(day.importWh, bands ? inBand(one, 'peak') : EVENING_HOURS);
    const roomWh = Math.max(0, mostWh - (day.fromBatteryWh ?? mostWh));
    const toTake = bands ? Number.POSITIVE_INFINITY : sum(source) * ROUND_TRIP;
    const givenWh = share * Math.min(roomWh, sum(target), toTake);
    const [less, more] = [spread(givenWh, target), spread(givenWh / ROUND_TRIP, source)];
    return perHour((hour) => (less[hour] ?? 0) - (more[hour] ?? 0));
  });
