import { addDays, type LocalDate } from '../../calendar/seoul.ts';
import { ASSUMED_SUPPLY } from '../../household/supply.ts';
import type { AdviceDay, AdviceHome } from '../advice-home.ts';

/** Wh of an hour of a date. */
export type WhOf = (date: LocalDate, hour: number) => number;
type Made = {
  readonly today: LocalDate;
  readonly count: number;
  readonly load: WhOf;
  /** of the roof; absent: there is none */
  readonly solar?: WhOf;
  readonly fromBatteryWh?: number;
};

const perHour = (of: (hour: number) => number): number[] =>
  Array.from({ length: 24 }, (_, hour) => Math.max(0, Math.round(of(hour))));

/** So many whole days before today: what the roof does not cover is drawn, what is left over is fed in. */
export const adviceDays = ({ today, count, load, solar, fromBatteryWh }: Made): AdviceDay[] =>
  Array.from({ length: count }, (_, i) => {
    const date = addDays(today, i - count);
    const loadWh = perHour((hour) => load(date, hour));
    const solarWh = perHour((hour) => solar?.(date, hour) ?? 0);
    const net = loadWh.map((wh, hour) => wh - (solarWh[hour] ?? 0));
    return {
      date,
      loadWh,
      importWh: net.map((wh) => Math.max(0, wh)),
      solarWh: solar ? solarWh : solarWh.map(() => null),
      exportWh: net.reduce((sum, wh) => sum + Math.max(0, -wh), 0),
      fromBatteryWh: fromBatteryWh ?? null,
    };
  });

/** A flat that uses `base` W day and night, and more in the morning and the evening, the odd day a little more. */
export const plainLoad =
  (base: number): WhOf =>
  (date, hour) =>
    base + (hour >= 7 && hour < 9 ? 250 : 0) + (hour >= 18 && hour < 23 ? 450 : 0) + (Number(date.slice(8)) % 5) * 6;

/** Temperatures of the days before today by their distance, hundredths of a degree Celsius. */
export const temperatures = (
  today: LocalDate,
  count: number,
  of: (daysAgo: number) => number,
): Map<LocalDate, number> =>
  new Map(Array.from({ length: count }, (_, i) => [addDays(today, -1 - i), Math.round(of(i + 1))]));

/** A home with nothing to advise but what the test gives it. */
export const anAdviceHome = (over: Partial<AdviceHome> & Pick<AdviceHome, 'today'>): AdviceHome => ({
  days: adviceDays({ today: over.today, count: 60, load: plainLoad(100) }),
  meanCdegc: new Map(),
  contract: { ...ASSUMED_SUPPLY, region: 'mainland' },
  contractAssumed: false,
  kinds: new Set(['smart_meter']),
  plugs: [],
  automationIsOn: false,
  period: null,
  carriedKwh: null,
  ...over,
});
