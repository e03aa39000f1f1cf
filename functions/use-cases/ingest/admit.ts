import { refuse, type Refusal } from '@hems/models/reading/admission';
import type { Point } from '@hems/models/reading/point';
import type { Directory, Known } from '../directory.ts';
import type { Kept } from '../stores/quarantine.ts';
import { partOf, type Decoded } from './decode.ts';

/** A point that is taken, with where it belongs and how it came. */
export type Arrival = { readonly householdId: string; readonly message: Decoded; readonly point: Point };
export type Admitted = { readonly arrivals: readonly Arrival[]; readonly kept: readonly Kept[] };

const DETAIL: Record<Refusal, string> = {
  'unknown-household': 'no household has this telemetry id; it may have been erased',
  'unknown-device': 'the household has no active device of this id; register it and replay',
  'wrong-gateway': 'the device belongs to another gateway of the household',
  'wrong-kind': 'the device is registered as another kind',
  'too-old': 'older than the history that is kept',
  'in-the-future': "more than 15 minutes ahead of the broker; check the device's clock",
};

const admitOne = (decoded: Decoded, known: Known | undefined): Admitted => {
  // a gateway that was sold lives in another home, whose readings are not ours to keep
  if (known?.revoked.has(decoded.event.gateway)) return { arrivals: [], kept: [] };
  const arrivals: Arrival[] = [];
  const out = new Map<Refusal, Point[]>();
  const { gateway, received } = decoded.event;
  for (const point of decoded.points) {
    const refusal = known
      ? refuse({ point, gateway, received }, known.devices.get(point.deviceId))
      : 'unknown-household';
    if (known && refusal === undefined) arrivals.push({ householdId: known.householdId, message: decoded, point });
    else if (refusal !== undefined) out.set(refusal, [...(out.get(refusal) ?? []), point]);
  }
  const kept = [...out].map(([reason, points]): Kept => ({
    event: partOf(decoded, points),
    reason,
    detail: DETAIL[reason],
    state: 'held',
  }));
  return { arrivals, kept: [...decoded.kept, ...kept] };
};

/** Lets in the points of known, active devices that come by their own gateway at a possible time; keeps the others with a reason, but for what a revoked gateway says. */
export const admit = async (directory: Directory, messages: readonly Decoded[]): Promise<Admitted> => {
  const known = await Promise.all(
    messages.map(({ event, points }) =>
      directory.find(
        event.household,
        ({ devices, revoked }) => revoked.has(event.gateway) || points.every(({ deviceId }) => devices.has(deviceId)),
      ),
    ),
  );
  const each = messages.map((decoded, index) => admitOne(decoded, known[index]));
  return { arrivals: each.flatMap(({ arrivals }) => arrivals), kept: each.flatMap(({ kept }) => kept) };
};
