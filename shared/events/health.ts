import * as z from 'zod/mini';
import { EPOCH_MS_MAX, ID } from './telemetry.ts';

const whole = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max));
const epochMs = whole(0, EPOCH_MS_MAX);
const count = whole(0, Number.MAX_SAFE_INTEGER);

const deviceHealth = z.strictObject({
  device_id: z.string().check(z.regex(ID)),
  state: z.enum(['init', 'online', 'degraded', 'offline']),
  last_good_ts: z.optional(epochMs),
  /** class of the last error, of the driver's own words: `timeout`, `crc` … */
  error: z.optional(z.string().check(z.maxLength(40))),
  /** 95th percentile of the time an answer takes */
  p95_ms: z.optional(count),
});

/** How a gateway fares, topic `…/health`: when it has connected, with `hello`, and each minute. */
export const healthMessage = z.strictObject({
  v: z.literal(1),
  ts: epochMs,
  /** the first since it connected */
  hello: z.optional(z.literal(true)),
  /** of the gateway's software */
  version: z.string().check(z.regex(/^[\w.+-]{1,40}$/)),
  /** messages that wait to be sent, and the age of the oldest, seconds */
  queue_depth: count,
  oldest_s: count,
  /** its clock against the time service, + ahead; absent: never compared */
  clock_offset_ms: z.optional(z.int()),
  devices: z.array(deviceHealth).check(z.maxLength(200)),
});
export type HealthMessage = z.infer<typeof healthMessage>;

/** Of the messages of a minute nothing is kept, so the broker hands on the first of a connection only: all others cost no call. */
export const HELLO_SQL = 'hello = true';

const hello = z.object({ hello: z.literal(true) });
/** The same of a message as text, for a broker without SQL. What is no JSON has no fields, there as here. */
export const isHello = (payload: string): boolean => {
  try {
    return hello.safeParse(JSON.parse(payload)).success;
  } catch {
    return false;
  }
};
