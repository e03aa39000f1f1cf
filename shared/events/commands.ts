import * as z from 'zod/mini';

/** Orders to a gateway, topic `…/cmd`. An order past `expires_at` is answered `expired` and never executed. */
const envelope = {
  v: z.literal(1),
  cmd_id: z.string(),
  issued_at: z.int(),
  expires_at: z.int(),
};

export const command = z.discriminatedUnion('action', [
  z.object({
    ...envelope,
    action: z.literal('report-every'),
    /** seconds between readings until the epoch ms `until` */
    params: z.object({ seconds: z.int().check(z.minimum(1), z.maximum(900)), until: z.int() }),
  }),
  z.object({
    ...envelope,
    device: z.string(),
    action: z.literal('set-battery'),
    /** + discharges, − charges, until the order expires; then the battery returns to self-consumption */
    params: z.object({ power_w: z.int().check(z.minimum(-50_000), z.maximum(50_000)) }),
  }),
  z.object({
    ...envelope,
    device: z.string(),
    action: z.literal('set-point'),
    params: z.object({ target_temperature_cdegc: z.int().check(z.minimum(500), z.maximum(3500)) }),
  }),
  z.object({
    ...envelope,
    device: z.string(),
    action: z.literal('switch'),
    /** until the order expires; then a plug is on, and a charger charges whatever hangs on it */
    params: z.object({ on: z.boolean() }),
  }),
]);
export type Command = z.infer<typeof command>;

/** How an order fared, topic `…/cmd/result`. `verified`: read back from the device. */
export const commandState = z.enum(['accepted', 'applied', 'verified', 'rejected', 'expired', 'failed']);
export type CommandState = z.infer<typeof commandState>;

export const commandResult = z.strictObject({
  v: z.literal(1),
  cmd_id: z.string(),
  ts: z.int(),
  state: commandState,
  reason: z.optional(z.string()),
});
export type CommandResult = z.infer<typeof commandResult>;
