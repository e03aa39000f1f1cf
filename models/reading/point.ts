import type { DeviceKind } from '../device/kinds.ts';
import { QUANTITY_NAMES, type Quantities } from './quantities.ts';

/** What a device said at one instant. `boot` and `seq` order what one gateway said of the same instant. */
export type Observation = {
  /** epoch ms, UTC */
  readonly ts: number;
  /** grows by one at each start of the gateway */
  readonly boot: number;
  /** grows by one at each point within a boot */
  readonly seq: number;
  /** quality bit flags as sent, see `quality.ts` */
  readonly q: number;
  readonly quantities: Quantities;
};

/** One device's measurement at one instant. Identity: (device, kind, ts). */
export type Point = Observation & { readonly deviceId: string; readonly kind: DeviceKind };

const SORTED_NAMES = QUANTITY_NAMES.toSorted();

/** The content of an observation as one text, the same for equal content whatever the order of its keys. */
const canonicalJson = (observation: Observation): string => {
  const parts: string[] = [];
  for (const name of SORTED_NAMES) {
    const value = observation.quantities[name];
    if (value !== undefined) parts.push(`"${name}":${value}`);
  }
  return `{${parts.join(',')},"q":${observation.q}}`;
};

/**
 * Which of two observations of one (device, kind, ts) stands: positive when `a` does, negative when `b` does, 0 when
 * they say the same. The higher (boot, seq) wins; where those are equal, the smaller canonical JSON.
 */
export const compareObservations = (a: Observation, b: Observation): number => {
  if (a.boot !== b.boot) return a.boot - b.boot;
  if (a.seq !== b.seq) return a.seq - b.seq;
  const [left, right] = [canonicalJson(a), canonicalJson(b)];
  return left === right ? 0 : left < right ? 1 : -1;
};

/** The same (boot, seq) with other content: one of the two is wrong, and nothing says which. */
export const inConflict = (a: Observation, b: Observation): boolean =>
  a.boot === b.boot && a.seq === b.seq && compareObservations(a, b) !== 0;

/** The observation that stands; `a` when both say the same. */
export const winner = <O extends Observation>(a: O, b: O): O => (compareObservations(a, b) < 0 ? b : a);
