import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '@hems/models/calendar/seoul';
import { Q } from '@hems/models/reading/quality';
import type { Sample } from '../../ports/telemetry-store.ts';
import { HOME } from '../../testing/world.ts';
import { aPlannedWorld, NIGHT } from '../../testing/planned-world.ts';
import { keepLimits } from '../stores/device-limits.ts';
import type { Device } from '../stores/households.ts';
import { limitsOfDevices } from './limits-of-devices.ts';

const { householdId, telemetryId, gateway } = HOME;
const battery: Device = { deviceId: 'battery-1', kind: 'battery', name: 'battery', gateway, status: 'active' };
const steered = { householdId, telemetryId, battery, charger: undefined };
const HOURS = 7 * 24;

/** A battery of 5 kWh that takes and gives 1 kW for four hours in turn, between a tenth and nine tenths. */
const charges = (hour: number): boolean => Math.floor(hour / 4) % 2 === 0;
const SERIES: Record<string, (hour: number) => number> = {
  soc_permille: (hour) => Math.round(100 + 190 * (charges(hour) ? (hour % 4) + 1 : 3 - (hour % 4))),
  energy_import_wh: (hour) => Math.floor(hour / 8) * 4000 + Math.min(4, (hour % 8) + 1) * 1000,
  energy_export_wh: (hour) => Math.floor(hour / 8) * 3610 + Math.max(0, (hour % 8) - 3) * 902.5,
  power_w: (hour) => (charges(hour) ? -1000 : 902),
};

const looked = async (
  slip: (quantity: string, hour: number) => Partial<Sample> = () => ({}),
  before?: Partial<Record<'chargeW' | 'dischargeW' | 'leastPermille', number>>,
) => {
  const world = await aPlannedWorld();
  if (before) {
    const seen = { deviceId: 'battery-1', capacityWh: 5000, chargeW: 0, dischargeW: 0, leastPermille: 1000, ...before };
    await keepLimits(world.table, householdId, { seenMs: NIGHT - 8 * DAY_MS, battery: seen, charger: null });
  } else await world.limits(null);
  world.clock.set(NIGHT + 20_000);
  const series = async ({ quantity }: { quantity: string }): Promise<Sample[]> =>
    Array.from({ length: HOURS }, (_, hour) => ({
      ts: NIGHT - (HOURS - hour) * HOUR_MS,
      value: SERIES[quantity]?.(hour) ?? 0,
      q: 0,
      ...slip(quantity, hour),
    }));
  return (await limitsOfDevices({ ...world.plan, telemetry: { series } }, steered)).battery;
};

test('a battery is known from a week of its readings', async () => {
  const seen = await looked();
  expect(seen).toMatchObject({ chargeW: 1000, dischargeW: 902, leastPermille: 100 });
  expect(Math.abs((seen?.capacityWh ?? 0) - 5000)).toBeLessThan(100);
});

test.each([
  ['known to be wrong', Q.outOfRange],
  ['estimated', Q.estimated],
  ['of before', Q.stale],
])('readings that are %s tell nothing of it, however many', async (_, q) => {
  const seen = await looked((quantity, hour) =>
    hour % 5 === 0 && quantity === 'power_w' ? { value: hour % 2 === 0 ? 30_000 : -30_000, q } : {},
  );
  expect(seen).toMatchObject({ chargeW: 1000, dischargeW: 902 });
});

test('one wrong reading that nobody marked does not set its power', async () => {
  const seen = await looked((quantity, hour) => (hour === 50 && quantity === 'power_w' ? { value: -30_000 } : {}));
  expect(seen).toMatchObject({ chargeW: 1000, dischargeW: 902 });
});

test('what was seen before stands over a quieter week, and fades; the lowest charge does not', async () => {
  expect(await looked(undefined, { chargeW: 2000, dischargeW: 950, leastPermille: 50 })).toMatchObject({
    chargeW: 1800,
    dischargeW: 902,
    leastPermille: 50,
  });
});
