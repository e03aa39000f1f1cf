import { localDate } from '@hems/models/calendar/seoul';
import type { Clock } from '../../ports/clock.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Table } from '../../ports/table.ts';
import { householdsAt } from '../stores/places.ts';
import { provenOf } from '../stores/proofs.ts';

type AlertDeps = { readonly table: Table; readonly clock: Clock; readonly bus: EventBus };

/** What a household is told about its residence; never who it was. */
export type ResidenceAlert =
  | 'residence-claimed'
  | 'residence-guessed'
  | 'residence-locked'
  | 'residence-approved'
  | 'residence-refused'
  | 'residence-unlocked';

/** `once`: told a second time with the same word, it is the same happening. Without it each kind is told once a day. */
type Alert = { readonly what: ResidenceAlert; readonly once?: string };

export const alertHomes = async (
  { clock, bus }: Omit<AlertDeps, 'table'>,
  householdIds: readonly string[],
  { what, once }: Alert,
): Promise<void> => {
  const atMs = clock.now();
  const key = `${what}:${once ?? localDate(atMs)}`;
  const events = householdIds.map((householdId) => ({
    type: 'security.alert',
    detail: { householdId, atMs, key, facts: { what } },
  }));
  if (events.length > 0) await bus.publish(events);
};

/** Tells those who have proved that they live at the address, the household itself apart. */
export const alertProvenAt = async (
  deps: AlertDeps,
  { addressIndex, besides, ...alert }: Alert & { readonly addressIndex: string; readonly besides: string },
): Promise<void> => {
  const others = (await householdsAt(deps.table, addressIndex)).filter((one) => one !== besides);
  await alertHomes(deps, await provenOf(deps.table, others), alert);
};
