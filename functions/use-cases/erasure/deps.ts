import type { Clock } from '../../ports/clock.ts';
import type { Ended } from '../../ports/device-registry.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Identity } from '../../ports/identity.ts';
import type { Ids } from '../../ports/ids.ts';
import type { ObjectEraser } from '../../ports/object-eraser.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Item, Table } from '../../ports/table.ts';
import type { TelemetryStore } from '../../ports/telemetry-store.ts';
import type { Scope } from '../stores/erasures.ts';
import type { Going } from './receipt-lines.ts';

/** Days for which something that cannot be taken out remains, by where it is; a place that this deployment has not is absent. */
export type Remains = Partial<Record<Going['store'], number>>;

export type EraseDeps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly ids: Ids;
  readonly telemetry: TelemetryStore;
  readonly objects: ObjectEraser;
  readonly identity: Identity;
  readonly bus: EventBus;
  /** revokes the household's certificates, closes their sessions and deletes its things; a second time changes nothing */
  readonly endGateways: (householdId: string) => Promise<unknown>;
  /** takes one of them out of the registry, and answers what was there */
  readonly removeGateway: (gateway: string) => Promise<Ended>;
  readonly remains: Remains;
  /** every item of every table, where the store can be walked; without it the scan looks in the places it knows */
  readonly everyItem?: () => AsyncIterable<Item>;
};

export type Erasing = { readonly erasureId: string; readonly scope: Scope };
/** `again`: there is more of the same to do. `wait`: for the end of a payout, or for the resident's word. */
export type StepAnswer = {
  readonly next: 'go-on' | 'again' | 'wait' | 'rows-left';
  /** by the first step: how long until nothing that knew the household before is at work any more */
  readonly drainSeconds?: number;
};
export const GO_ON: StepAnswer = { next: 'go-on' };
