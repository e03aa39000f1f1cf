import { powerRange, type Passed } from './course.ts';
import { leftWon, type Scenario } from './scenario.ts';

/** Whole W, + discharging, that a battery gives or takes by itself: it covers the home and stores what the roof leaves over. */
export const selfUseW = (scenario: Scenario, storedWh: number, netW: number): number => {
  const [least, most] = powerRange(scenario, storedWh);
  return Math.min(most, Math.max(least, Math.round(netW)));
};

/** Powers that a battery does not tell apart. */
export const SAME_W = 50;
/** With so much of the use generated, an hour may well turn out to have a surplus. */
const MAY_BE_SURPLUS = 0.65;

/** So little above the reserve is not worth an order to keep: it would refuse the sun of the next hours. */
const NEXT_TO_EMPTY_WH = 100;

/** Whether a step, of what is expected, only gives to the home what the roof does not, or takes what it leaves over. */
const isForHome = ({ batteryW, loadW, carW, pvW }: Passed): boolean => {
  const gridW = loadW + carW - pvW - batteryW;
  return batteryW > 0 ? carW === 0 && gridW >= -SAME_W : gridW <= SAME_W;
};

const isNextToEmpty = ({ battery }: Scenario, storedWh: number): boolean =>
  battery !== null && storedWh - battery.reserveWh < NEXT_TO_EMPTY_WH;

const maySurplusPay = (scenario: Scenario, { loadW, carW, pvW }: Passed, at: number): boolean =>
  (scenario.sellWon[at] ?? 0) < leftWon(scenario) && carW === 0 && pvW >= MAY_BE_SURPLUS * loadW;

/**
 * Whether a planned step is left to the battery itself, because it follows the home as it is, where an order would hold it to what was
 * expected: it gives to the home without feeding in, stores a surplus without drawing, or rests while there may be one to store, or
 * with next to nothing in it.
 * A car is left to it only where it would do what is planned.
 */
export const followsHome = (scenario: Scenario, steps: readonly Passed[], at: number): boolean => {
  const step = steps[at];
  if (!step) return true;
  const storedWh = steps[at - 1]?.storedWh ?? scenario.storedWh;
  const { batteryW, loadW, carW, pvW } = step;
  if (Math.abs(batteryW - selfUseW(scenario, storedWh, loadW + carW - pvW)) <= SAME_W) return true;
  if (Math.abs(batteryW) > SAME_W) return isForHome(step);
  return isNextToEmpty(scenario, storedWh) || maySurplusPay(scenario, step, at);
};
