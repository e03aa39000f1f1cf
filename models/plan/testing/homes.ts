import type { Scenario } from '../scenario.ts';
import { uniformAt } from '../../testing/random.ts';

const NOON_MS = 1_795_316_400_000;

/** A home with a battery of 6.4 kWh over so many hours, its use, roof and prices drawn by the seed. */
export const aPlannedHome = (seed: number, hours: number, over: Partial<Scenario> = {}): Scenario => {
  const drawn = (at: number, least: number, most: number): number =>
    Math.round(least + (most - least) * uniformAt(seed, at));
  const each = (from: number, least: number, most: number): number[] =>
    Array.from({ length: hours }, (_, i) => drawn(from + i, least, most));
  return {
    startMs: NOON_MS,
    stepMinutes: 60,
    loadWh: each(0, 100, 2500),
    pvWh: each(1000, -2000, 3000).map((wh) => Math.max(0, wh)),
    buyWon: each(2000, 90, 320),
    sellWon: each(3000, 20, 80),
    battery: { capacityWh: 6400, reserveWh: 640, chargeW: 2500, dischargeW: 2500, efficiency: 0.95 },
    storedWh: 3200,
    endWh: 3200,
    importW: 12_000,
    exportW: 12_000,
    wearWon: 10,
    car: null,
    appliances: [],
    ...over,
  };
};
