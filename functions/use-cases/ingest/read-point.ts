import { DEVICE_KINDS, type DeviceKind } from '@hems/models/device/kinds';
import type { Point } from '@hems/models/reading/point';
import { isQuantity, QUANTITIES, type Quantity } from '@hems/models/reading/quantities';
import { Q_MAX } from '@hems/models/reading/quality';
import { BOOT_MAX, EPOCH_MS_MAX, ID, SEQ_MAX } from '@hems/shared/events/telemetry';

/**
 * The schemas `readingMessage` and `batchPoint` once more, as one loop: parsing points is the larger half of ingest, and
 * this costs a sixth of the interpreted schema. The schemas stay the definition: what this does not take is given to
 * them, for the verdict and the reason, and a property test holds the two to the same answers.
 */
const KINDS: ReadonlyMap<unknown, DeviceKind> = new Map(DEVICE_KINDS.map((kind) => [kind, kind]));
const ENVELOPE = { ts: EPOCH_MS_MAX, seq: SEQ_MAX, q: Q_MAX, boot: BOOT_MAX } as const;
const isEnvelope = (name: string): name is keyof typeof ENVELOPE => Object.hasOwn(ENVELOPE, name);

const isWhole = (value: unknown, min: number, max: number): value is number =>
  Number.isSafeInteger(value) && typeof value === 'number' && value >= min && value <= max;

type Found = {
  deviceId?: string;
  kind?: DeviceKind | undefined;
  v?: number;
  ts?: number;
  seq?: number;
  q?: number;
  boot?: number;
};
type Draft = { readonly found: Found; readonly quantities: { [name in Quantity]?: number } };

const takeName = (found: Found, name: string, value: unknown): boolean => {
  if (name === 'device_id' && typeof value === 'string' && ID.test(value)) found.deviceId = value;
  else if (name === 'kind' && KINDS.has(value)) found.kind = KINDS.get(value);
  else if (name === 'v' && value === 1) found.v = value;
  else return false;
  return true;
};

/** Takes one field; false when it is not as the schema says. */
const take = ({ found, quantities }: Draft, name: string, value: unknown): boolean => {
  if (isQuantity(name)) {
    const { min, max } = QUANTITIES[name];
    if (isWhole(value, min, max)) quantities[name] = value;
    return quantities[name] !== undefined;
  }
  if (!isEnvelope(name)) return takeName(found, name, value);
  if (isWhole(value, 0, ENVELOPE[name])) found[name] = value;
  return found[name] !== undefined;
};

const draftOf = (candidate: unknown): Draft | undefined => {
  if (typeof candidate !== 'object' || candidate === null || Array.isArray(candidate)) return undefined;
  const draft: Draft = { found: {}, quantities: {} };
  for (const [name, value] of Object.entries(candidate)) if (!take(draft, name, value)) return undefined;
  return draft;
};

const pointOf = ({ found, quantities }: Draft, boot: number): Point | undefined => {
  const { deviceId, kind, ts, seq, q } = found;
  if (deviceId === undefined || kind === undefined || ts === undefined || seq === undefined || q === undefined)
    return undefined;
  return { deviceId, kind, ts, boot, seq, q, quantities };
};

/** The point of a `reading` message, or undefined when only the schema can tell what is wrong with it. */
export const readReading = (message: unknown): Point | undefined => {
  const draft = draftOf(message);
  return draft?.found.v === undefined || draft.found.boot === undefined ? undefined : pointOf(draft, draft.found.boot);
};

/** One point of a `batch` of that boot, or undefined as above. */
export const readBatchPoint = (candidate: unknown, boot: number): Point | undefined => {
  const draft = draftOf(candidate);
  return !draft || draft.found.v !== undefined || draft.found.boot !== undefined ? undefined : pointOf(draft, boot);
};
