import * as z from 'zod';
import { DAY_MS } from '@hems/models/calendar/seoul';
import type { Key, Put, Table } from '../../ports/table.ts';

/**
 * What the plan ordered of a household's devices in the last day, `STEERING` of table `homes`. Whoever orders writes it first, by version:
 * of two runs at once one is first, and the other finds what it sent.
 */
const sent = z.object({
  orderId: z.string(),
  deviceId: z.string(),
  atMs: z.int(),
  untilMs: z.int(),
  /** of a battery, + discharges; of a charger null */
  powerW: z.nullable(z.int()),
  /** of a charger; of a battery null */
  isOn: z.nullable(z.boolean()),
  /** it only ends what stood before: the device goes its own way afterwards */
  ends: z.boolean(),
});
export type Sent = z.infer<typeof sent>;

export const MODES = ['charge', 'discharge', 'rest', 'self-use'] as const;
export type SteeredMode = (typeof MODES)[number];

const stored = z.object({
  /** the half hour that was last carried out */
  forMs: z.int(),
  sent: z.array(sent),
  /** what the battery was last told, and when that changed in the last day */
  mode: z.enum(MODES),
  changedMs: z.array(z.int()),
  /** devices that a resident ordered by hand, and until when */
  byHand: z.array(z.object({ deviceId: z.string(), untilMs: z.int() })),
  /** the register of the charger when the car was last ready, and when it is to be ready next */
  car: z.exactOptional(z.object({ readyMs: z.int(), importWh: z.int() })),
});
export type Steering = z.infer<typeof stored>;
export type KeptSteering = Steering & { readonly version: number };

const NOTHING: KeptSteering = { forMs: 0, sent: [], mode: 'self-use', changedMs: [], byHand: [], version: 0 };
const key = (householdId: string): Key => ({ table: 'homes', pk: `H#${householdId}`, sk: 'STEERING' });

export const readSteering = async (table: Table, householdId: string): Promise<KeptSteering> => {
  const item = await table.get(key(householdId));
  return item ? { ...stored.parse(item.data), version: item.version } : NOTHING;
};

/** Throws ConditionFailed where it is not any more as it was read. What is older than a day and over is left out. */
const steeringPut = (householdId: string, { version, ...data }: KeptSteering, nowMs: number): Put => ({
  ...key(householdId),
  data: {
    ...data,
    sent: data.sent.filter(({ atMs, untilMs }) => atMs > nowMs - DAY_MS || untilMs > nowMs),
    changedMs: data.changedMs.filter((ms) => ms > nowMs - DAY_MS),
    byHand: data.byHand.filter(({ untilMs }) => untilMs > nowMs),
  },
  if: version === 0 ? { absent: true } : { version },
});

export const putSteering = async (
  { table, clock }: { readonly table: Table; readonly clock: { now(): number } },
  householdId: string,
  value: KeptSteering,
): Promise<void> => await table.put(steeringPut(householdId, value, clock.now()));
