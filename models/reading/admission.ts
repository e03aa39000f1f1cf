import type { DeviceKind } from '../device/kinds.ts';
import { DAY_MS } from '../calendar/seoul.ts';
import type { KeptOut } from './kept-out.ts';
import type { Point } from './point.ts';
import { KEPT_DAYS } from './retention.ts';

/** A device clock may run this far ahead of the broker's; the telemetry stores refuse what is further ahead. */
export const MAX_AHEAD_MS = 15 * 60_000;
/** An older point would be gone before it was read. */
const MAX_AGE_MS = KEPT_DAYS.electrical * DAY_MS;

/** Why a point is kept out. */
export type Refusal = Extract<
  KeptOut,
  'unknown-household' | 'unknown-device' | 'wrong-gateway' | 'wrong-kind' | 'too-old' | 'in-the-future'
>;

export type KnownDevice = {
  readonly kind: DeviceKind;
  readonly gateway: string;
  readonly status: 'active' | 'retired' | 'replaced';
  /** of a replaced one: from when on another counts in its place; what it measured before may still come */
  readonly replaced?: { readonly atMs: number } | undefined;
};

type Arrival = {
  readonly point: Point;
  /** gateway of the topic */
  readonly gateway: string;
  /** epoch ms at the broker */
  readonly received: number;
};

const mayTell = ({ status, replaced }: KnownDevice, ts: number): boolean =>
  status === 'active' || (status === 'replaced' && replaced !== undefined && ts <= replaced.atMs);

/** The reason why a point that matches the schema is still not taken, or undefined when it is. */
export const refuse = ({ point, gateway, received }: Arrival, device: KnownDevice | undefined): Refusal | undefined => {
  if (!device || !mayTell(device, point.ts)) return 'unknown-device';
  if (device.gateway !== gateway) return 'wrong-gateway';
  if (device.kind !== point.kind) return 'wrong-kind';
  if (point.ts > received + MAX_AHEAD_MS) return 'in-the-future';
  if (point.ts < received - MAX_AGE_MS) return 'too-old';
  return undefined;
};
