import * as z from 'zod/mini';

/**
 * A home battery that covers its own home, or follows an order for a while: mWh in the cells, registers in Wh into and
 * out of its terminals, and the W·min given (+) or taken (−) that the registers do not show yet.
 */
export const battery = z.object({ storedMwh: z.int(), importWh: z.int(), exportWh: z.int(), carryWmin: z.int() });
export type Battery = z.infer<typeof battery>;

export const BATTERY_MAX_W = 3000;
/** Kept back for a power cut. */
const RESERVE = 0.1;
/** One way; 0.9 both ways. */
const EFFICIENCY = 0.95;

/** W at its terminals, + discharging: what is wanted, as far as rating and content allow. */
export const batteryPower = (capacityWh: number, { storedMwh }: Battery, wantedW: number): number => {
  const givableWh = Math.max(0, storedMwh / 1000 - capacityWh * RESERVE) * EFFICIENCY;
  const takableWh = Math.max(0, capacityWh - storedMwh / 1000) / EFFICIENCY;
  const most = Math.min(BATTERY_MAX_W, Math.floor(givableWh * 60));
  const least = -Math.min(BATTERY_MAX_W, Math.floor(takableWh * 60));
  return Math.min(most, Math.max(least, wantedW));
};

/**
 * A minute at `powerW`. `residualWh` is what home and roof left over in that minute, in whole Wh; when the battery
 * covers it exactly the registers take it as it is, so that the grid's registers rest; what that rounds differently
 * from the battery's own running sum (less than 3 Wh) is made good as soon as it does not.
 */
export const batteryMinute = (
  before: Battery,
  powerW: number,
  residualWh: number | undefined,
): { battery: Battery; givenWh: number } => {
  const carried = before.carryWmin + powerW;
  const givenWh = residualWh ?? Math.trunc(carried / 60);
  const storedMwh =
    before.storedMwh - Math.round(givenWh > 0 ? (givenWh * 1000) / EFFICIENCY : givenWh * 1000 * EFFICIENCY);
  return {
    givenWh,
    battery: {
      storedMwh: Math.max(0, storedMwh),
      importWh: before.importWh + Math.max(0, -givenWh),
      exportWh: before.exportWh + Math.max(0, givenWh),
      carryWmin: carried - givenWh * 60,
    },
  };
};
