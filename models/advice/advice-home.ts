import type { LocalDate } from '../calendar/seoul.ts';
import type { DeviceKind } from '../device/kinds.ts';
import type { Contract } from '../tariff/supply-bill.ts';

/** Wh of the hours 0 to 23; null: not known, or the home has no such device. */
export type DayHours = readonly (number | null)[];

/** A Korean day that is over. */
export type AdviceDay = {
  readonly date: LocalDate;
  readonly loadWh: DayHours;
  readonly importWh: DayHours;
  readonly solarWh: DayHours;
  /** of the whole day, Wh; null: not known */
  readonly exportWh: number | null;
  readonly fromBatteryWh: number | null;
};

/** What a smart plug let through in each hour of its last days, Wh, oldest first; a multiple of 24 of them. */
export type AdvicePlug = { readonly deviceId: string; readonly hoursWh: DayHours };

/** How the present billing period is expected to end, as the running bill tells it; whole kWh. */
export type PeriodAhead = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly usedKwh: number;
  /** meant to hold eight outcomes of ten */
  readonly lowKwh: number;
  readonly middleKwh: number;
  /** the last kWh of each tier that has an end */
  readonly tierLimitsKwh: readonly number[];
};

/** All that the rules know of a home. */
export type AdviceHome = {
  readonly today: LocalDate;
  /** before today, ascending; at most a year of them is looked at */
  readonly days: readonly AdviceDay[];
  /** daily mean outdoors, hundredths of a degree Celsius */
  readonly meanCdegc: ReadonlyMap<LocalDate, number>;
  readonly contract: Contract;
  /** the household has not said how it is supplied */
  readonly contractAssumed: boolean;
  /** of the devices in service */
  readonly kinds: ReadonlySet<DeviceKind>;
  readonly plugs: readonly AdvicePlug[];
  /** the household lets the plan steer its battery */
  readonly automationIsOn: boolean;
  /** null: the plan has no tiers, or nothing is expected yet */
  readonly period: PeriodAhead | null;
  /** credit of net metering that enters the present period, whole kWh; null: not known, or the contract has none */
  readonly carriedKwh: number | null;
};

/** A figure of the home that a suggestion rests on. */
export type Datum = {
  readonly name: string;
  readonly value: number;
  readonly unit: 'W' | 'Wh' | 'kWh' | 'cdegc' | 'permille' | 'days' | 'hours';
};
/** Whole won; 0 <= low <= high. */
export type WonRange = { readonly low: number; readonly high: number };
