import type { PlayedHome } from './rolling.ts';

/** The home, battery and prices of forecasting.md 7, its prices taken for thousands of won: 0.22 a kWh as 220. */
export const BENCHMARK: PlayedHome['home'] = {
  battery: { capacityWh: 6400, reserveWh: 640, chargeW: 2500, dischargeW: 2500, efficiency: 0.95 },
  endWh: 640,
  importW: 12_000,
  exportW: 12_000,
  wearWon: 10,
  car: null,
  appliances: [],
};
export const BENCHMARK_STORED_WH = 3200;

const priceOf = (hour: number): number => {
  if (hour >= 16 && hour <= 20) return 540;
  return hour >= 9 && hour <= 15 ? 220 : 300;
};

/** Prices of so many hours from a midnight on. */
export const benchmarkPrices = (hours: number): Pick<PlayedHome, 'buyWon' | 'sellWon'> => ({
  buyWon: Array.from({ length: hours }, (_, hour) => priceOf(hour % 24)),
  sellWon: Array.from({ length: hours }, () => 50),
});
