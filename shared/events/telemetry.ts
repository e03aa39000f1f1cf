import * as z from 'zod/mini';
import { deviceKind } from '@hems/models/device/kinds';
import { QUANTITIES, QUANTITY_NAMES, type Quantity } from '@hems/models/reading/quantities';
import { Q_MAX } from '@hems/models/reading/quality';

/** The largest message the broker takes, as AWS IoT Core does (128 KB). */
export const MAX_MESSAGE_BYTES = 128 * 1024;

export const BOOT_MAX = 2 ** 20 - 1;
export const SEQ_MAX = 2 ** 32 - 1;
export const EPOCH_MS_MAX = 8_640_000_000_000_000;
/** Opaque ids of households, gateways and devices. */
export const ID = /^[A-Za-z0-9_-]{1,64}$/;

const id = z.string().check(z.regex(ID));
const whole = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max));
const epochMs = whole(0, EPOCH_MS_MAX);
const boot = whole(0, BOOT_MAX);
const seq = whole(0, SEQ_MAX);

type QuantityShape = { [name in Quantity]: z.ZodMiniOptional<ReturnType<typeof whole>> };
const quantityShape = (): QuantityShape => {
  const entries = QUANTITY_NAMES.map((name) => [name, z.optional(whole(QUANTITIES[name].min, QUANTITIES[name].max))]);
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- built from QUANTITY_NAMES, so every key is there
  return Object.fromEntries(entries) as QuantityShape;
};

const pointShape = { device_id: id, kind: deviceKind, ts: epochMs, seq, q: whole(0, Q_MAX), ...quantityShape() };

/** One device's point, flat; topic `…/reading`. */
export const readingMessage = z.strictObject({ v: z.literal(1), boot, ...pointShape });
export type ReadingMessage = z.infer<typeof readingMessage>;

/** A `reading` without `v` and `boot`. */
export const batchPoint = z.strictObject(pointShape);
export type BatchPoint = z.infer<typeof batchPoint>;

/** Several points of one gateway; topic `…/batch`. The points are checked one by one: a bad one does not lose its neighbours. */
export const batchMessage = z.strictObject({
  v: z.literal(1),
  boot,
  seq,
  sent: epochMs,
  points: z.array(z.unknown()).check(z.minLength(1), z.maxLength(1000)),
});
/** A batch as a gateway writes it. */
export type BatchMessage = Omit<z.infer<typeof batchMessage>, 'points'> & { points: BatchPoint[] };
