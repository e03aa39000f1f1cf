import type { Passed } from './course.ts';
import type { Scenario } from './scenario.ts';

export const REASONS = [
  'stores-solar',
  'charges-cheap',
  'covers-dear',
  'sells-dear',
  'covers-home',
  'keeps-reserve',
  'is-full',
  'waits',
  /** nothing is ordered: the battery follows the home as it is */
  'by-itself',
  'no-battery',
] as const;

/** Why a step is as it is, for the resident to read; `wonPerKwh` is the price that speaks for it. */
export type Reason = {
  readonly code: (typeof REASONS)[number];
  readonly wonPerKwh: number;
};

/** Below this a battery is at rest. */
const REST_W = 50;
/** A step within this of an end of the cells is at that end. */
const AT_END_WH = 30;

export type Mode = 'charge' | 'discharge' | 'rest';
export const modeOf = ({ batteryW }: Pick<Passed, 'batteryW'>): Mode => {
  if (Math.abs(batteryW) < REST_W) return 'rest';
  return batteryW > 0 ? 'discharge' : 'charge';
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const restCode = ({ battery }: Scenario, storedWh: number): Reason['code'] => {
  if (!battery) return 'no-battery';
  if (storedWh <= battery.reserveWh + AT_END_WH) return 'keeps-reserve';
  return storedWh >= battery.capacityWh - AT_END_WH ? 'is-full' : 'waits';
};

export const reasonOf = (scenario: Scenario, passed: Passed, step: number): Reason => {
  const [buy, sell] = [scenario.buyWon[step] ?? 0, scenario.sellWon[step] ?? 0];
  const mode = modeOf(passed);
  if (mode === 'rest') return { code: restCode(scenario, passed.storedWh), wonPerKwh: buy };
  if (mode === 'charge')
    return passed.pvW > passed.loadW
      ? { code: 'stores-solar', wonPerKwh: sell }
      : { code: 'charges-cheap', wonPerKwh: buy };
  if (passed.gridW < -REST_W) return { code: 'sells-dear', wonPerKwh: sell };
  return { code: buy > meanOf(scenario.buyWon) ? 'covers-dear' : 'covers-home', wonPerKwh: buy };
};
