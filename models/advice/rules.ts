import type { Datum, WonRange } from './advice-home.ts';
import { RULE_CODES, type RuleCode } from './codes.ts';
import { contractGain } from './contract-gain.ts';
import { lightingW } from './darkness.ts';
import {
  batteryFilled,
  intoTheSun,
  ledLamps,
  lessStandby,
  neededAtNightW,
  oneDegree,
  outOfPeak,
  plugOff,
  stepWh,
  usableWh,
  usualFloor,
} from './measures.ts';
import { wonRange, type Extent } from './month.ts';
import { worstIdle } from './plug-idle.ts';
import { isCertain, type Side } from './temperature-slope.ts';
import { tierRoom } from './tier-room.ts';
import { NEEDS, NOT_FOR, type Bar, type Need, type View } from './view.ts';
import { aboveFloor, mean, sum, surplusOf } from './whole-days.ts';

/** What a suggestion touches: who must be left alone is decided by it. */
export type Touches =
  /** heating and cooling themselves */
  | 'warmth'
  /** all that is used, heating and cooling among it */
  | 'whole-home'
  /** what runs day and night; a device that somebody's life hangs on may be among it */
  | 'always-on'
  | 'nothing';

/**
 * What is compared before and after a suggestion was taken (quantities.ts); null: nothing is. Of those, less use at its hours would not prove
 * a saving: what is missing at peak, in the evening or in the surplus may be used at an hour that costs as much, and a lamp's watts are within
 * what an evening varies by.
 */
export type Quantity = 'load' | 'night-floor' | 'plug-off' | 'contract' | null;

type Found = { readonly wonPerMonth: WonRange; readonly data: readonly Datum[]; readonly deviceId?: string };

type Rule = {
  readonly needs: readonly Need[];
  readonly notFor: readonly Bar[];
  readonly touches: Touches;
  /** it is not repeated for so many days once it was taken */
  readonly restsDays: number;
  readonly quantity: Quantity;
  /** where one of them is found, this one is not suggested: both would count the same kWh */
  readonly givesWayTo?: readonly RuleCode[];
  /** undefined: the home gives no reason for it, or it cannot be priced */
  readonly find: (view: View) => Found | undefined;
};

const datum = (name: string, value: number, unit: Datum['unit']): Datum => ({ name, value: Math.round(value), unit });

const priced = ({ month }: View, extent: Extent, data: readonly Datum[]): Found | undefined => {
  const wonPerMonth = month && wonRange(month, extent);
  return wonPerMonth && { wonPerMonth, data };
};

/** A thermostat proves that there is something to set; without one the temperature has to show in the use beyond doubt. */
const WITH_THERMOSTAT = 2.5;

/**
 * A home heated with gas or by the district uses a little more electricity in the cold, for pumps, light and being at home: up to 120 Wh a day
 * and degree in the simulation, where heat pumps take 550 and more. There is nothing else than electricity to cool with.
 */
const LEAST_WH_PER_DEGREE: Readonly<Record<Side, number>> = { heating: 300, cooling: 0 };

const setPoint =
  (side: Side) =>
  (view: View): Found | undefined => {
    const { home, recent } = view;
    const slope = view.slopes[side];
    const certainty = home.kinds.has('thermostat') ? WITH_THERMOSTAT : undefined;
    if (!slope || !isCertain(slope, certainty) || slope.whPerDegree < LEAST_WH_PER_DEGREE[side]) return undefined;
    const lately = recent.slice(-7).map(({ date }) => stepWh(slope, home.meanCdegc.get(date) ?? slope.balanceCdegc));
    // it has begun, and goes on
    if (lately.filter((wh) => wh > 0).length < 4) return undefined;
    return priced(view, oneDegree(slope, home.meanCdegc), [
      datum('perDegree', slope.whPerDegree, 'Wh'),
      datum('begins', slope.balanceCdegc, 'cdegc'),
      datum('seenDays', slope.days, 'days'),
    ]);
  };

/** W above what is needed at night from which looking for it is worth while. */
const STANDBY_FROM_W = 30;
/** A night of more is no standby: something heats, cools or works, and may be needed. */
const STANDBY_MOST_W = 500;
/** More is no lighting of a home: people use other things when it is dark. */
const LIGHTING_MOST_W = 400;

/** The rules. Each needs `recent-weeks`; what it is worth is a difference of bills over the home's own hours (month.ts). */
export const RULES: Readonly<Record<RuleCode, Rule>> = {
  'cooler-set-point': {
    needs: ['recent-weeks'],
    notFor: [],
    touches: 'warmth',
    restsDays: 180,
    quantity: 'load',
    find: setPoint('cooling'),
  },
  'heater-set-point': {
    needs: ['recent-weeks'],
    notFor: [],
    touches: 'warmth',
    restsDays: 180,
    quantity: 'load',
    find: setPoint('heating'),
  },
  standby: {
    needs: ['recent-weeks'],
    notFor: ['warmth-at-night'],
    touches: 'always-on',
    restsDays: 180,
    quantity: 'night-floor',
    find: (view) => {
      const floorW = usualFloor(view.recent);
      const neededW = neededAtNightW(view.home.today);
      // what is told of a plug is not told again
      const spareW = floorW - neededW - (worstIdle(view.home.plugs)?.idleW ?? 0);
      if (spareW < STANDBY_FROM_W || floorW > STANDBY_MOST_W) return undefined;
      return priced(view, lessStandby(spareW), [
        datum('nightFloor', floorW, 'W'),
        datum('neededAtNight', neededW, 'W'),
        datum('seenDays', view.recent.length, 'days'),
      ]);
    },
  },
  'idle-plug': {
    needs: ['recent-weeks', 'plug'],
    notFor: [],
    touches: 'always-on',
    restsDays: 180,
    quantity: 'plug-off',
    find: (view) => {
      const idle = worstIdle(view.home.plugs);
      if (!idle) return undefined;
      const found = priced(view, plugOff(idle), [
        datum('idle', idle.idleW, 'W'),
        datum('restsADay', idle.restsHours, 'hours'),
      ]);
      return found && { ...found, deviceId: idle.deviceId };
    },
  },
  'shift-hours': {
    needs: ['recent-weeks', 'time-of-use', 'said-contract'],
    notFor: ['automation'],
    touches: 'whole-home',
    restsDays: 90,
    quantity: null,
    givesWayTo: ['solar-self-use', 'battery-schedule'],
    find: (view) => {
      const drawn = view.month?.days ?? [];
      const peakWh = sum(drawn.flatMap(({ day, bands }) => day.importWh.filter((_, hour) => bands?.[hour] === 'peak')));
      const wholeWh = sum(drawn.flatMap(({ day }) => day.importWh));
      if (wholeWh === 0) return undefined;
      return priced(view, outOfPeak(), [
        datum('peakShare', (1000 * peakWh) / wholeWh, 'permille'),
        datum('peakUse', peakWh / 1000, 'kWh'),
      ]);
    },
  },
  'tier-limit': {
    needs: ['recent-weeks', 'tiers', 'said-contract'],
    notFor: ['net-metering'],
    touches: 'whole-home',
    restsDays: 25,
    quantity: null,
    find: ({ home }) => {
      const room = home.period === null ? undefined : tierRoom(home.contract, home.period);
      return (
        room && {
          wonPerMonth: room.wonPerMonth,
          data: [
            datum('limit', room.limitKwh, 'kWh'),
            datum('expected', room.expectedKwh, 'kWh'),
            datum('over', room.overKwh, 'kWh'),
          ],
        }
      );
    },
  },
  lighting: {
    needs: ['recent-weeks', 'half-a-year'],
    notFor: [],
    touches: 'nothing',
    restsDays: 365,
    quantity: null,
    find: (view) => {
      const watts = lightingW(view.year, view.home.meanCdegc);
      return watts === undefined || watts > LIGHTING_MOST_W
        ? undefined
        : priced(view, ledLamps(watts), [datum('lighting', watts, 'W'), datum('seenDays', view.year.length, 'days')]);
    },
  },
  'solar-self-use': {
    needs: ['recent-weeks', 'roof', 'said-contract'],
    notFor: ['net-metering', 'battery'],
    touches: 'whole-home',
    restsDays: 90,
    quantity: null,
    find: (view) =>
      priced(view, intoTheSun(), [
        datum('surplusADay', mean(view.recent.map((day) => sum(surplusOf(day)))), 'Wh'),
        datum('eveningADay', mean(view.recent.map((day) => sum(aboveFloor(day).slice(17)))), 'Wh'),
      ]),
  },
  'battery-schedule': {
    needs: ['recent-weeks', 'battery', 'said-contract'],
    notFor: ['automation', 'net-metering'],
    touches: 'nothing',
    restsDays: 90,
    quantity: null,
    find: (view) => {
      const mostWh = usableWh(view.recent);
      if (mostWh === 0) return undefined;
      return priced(view, batteryFilled(mostWh), [
        datum('usable', mostWh, 'Wh'),
        datum('usedADay', mean(view.recent.map((day) => day.fromBatteryWh ?? 0)), 'Wh'),
      ]);
    },
  },
  'contract-choice': {
    needs: ['recent-weeks', 'whole-year', 'said-contract'],
    notFor: ['net-metering'],
    touches: 'nothing',
    restsDays: 365,
    quantity: 'contract',
    find: ({ home, year }) => {
      const wonPerMonth = contractGain(home);
      return wonPerMonth && { wonPerMonth, data: [datum('seenDays', year.length, 'days')] };
    },
  },
};

/** A suggestion that the home gives reason for; whether it is made is for safeguards and earlier answers to say (choose.ts). */
export type Candidate = {
  readonly rule: RuleCode;
  readonly deviceId: string | null;
  readonly wonPerMonth: WonRange;
  readonly data: readonly Datum[];
};

/** A suggestion that saves less in a month, at the cautious end of its range, is none. */
export const LEAST_WON = 500;

const candidateOf = (rule: RuleCode, view: View): Candidate | undefined => {
  const { needs, notFor, find } = RULES[rule];
  if (needs.some((need) => !NEEDS[need](view)) || notFor.some((bar) => NOT_FOR[bar](view))) return undefined;
  const found = find(view);
  if (!found || found.wonPerMonth.low < LEAST_WON) return undefined;
  const { wonPerMonth, data, deviceId = null } = found;
  return { rule, deviceId, wonPerMonth, data };
};

export const candidatesOf = (view: View): Candidate[] => {
  const found = RULE_CODES.flatMap((rule) => candidateOf(rule, view) ?? []);
  const rules = new Set(found.map(({ rule }) => rule));
  return found.filter(({ rule }) => !RULES[rule].givesWayTo?.some((other) => rules.has(other)));
};

/** So many whole days of the last four weeks have to be known before anything is suggested. */
export const isCollecting = (view: View): boolean => !NEEDS['recent-weeks'](view);
