import type { DeviceKind } from '@hems/models/device/kinds';
import type { RuleEvent } from '@hems/shared/events/rules';
import type { Clock } from '../../ports/clock.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import type { TelemetryStore } from '../../ports/telemetry-store.ts';
import type { Directory } from '../directory.ts';
import { keep, type Kept } from '../stores/quarantine.ts';
import { admit, type Arrival } from './admit.ts';
import { byDevice } from './by-device.ts';
import { decode } from './decode.ts';
import { updateLive } from './update-live.ts';
import { updateSlots } from './update-slots.ts';
import { watchUse } from './watch-use.ts';
import { writeHistory } from './write-history.ts';

export type IngestDeps = {
  readonly table: Table;
  readonly telemetry: TelemetryStore;
  /** what a `reading` is written to: under `timestream` the rule's own action is its only writer */
  readonly readingHistory: 'ours' | 'rule-action';
  readonly directory: Directory;
  /** what comes late is late by the time it is taken, not by that of its first arrival: a replay from the quarantine is late */
  readonly clock: Clock;
  readonly pause: Pause;
  /** hears of unusual use */
  readonly bus: EventBus;
};

export type IngestReport = {
  readonly accepted: number;
  readonly quarantined: number;
  /** points taken, by the kind of their device */
  readonly byKind: ReadonlyMap<DeviceKind, number>;
  /** when the devices say that they measured what came by the channel of live readings, epoch ms */
  readonly liveMs: readonly number[];
  /** what was kept out, and why */
  readonly kept: readonly Kept[];
};

const isLive = ({ message }: Arrival): boolean => message.event.channel === 'reading';

const reportOf = (arrivals: readonly Arrival[], kept: readonly Kept[]): IngestReport => ({
  accepted: arrivals.length,
  quarantined: kept.length,
  byKind: new Map([...Map.groupBy(arrivals, ({ point }) => point.kind)].map(([kind, own]) => [kind, own.length])),
  liveMs: arrivals.filter(isLive).map(({ point }) => point.ts),
  kept,
});

/**
 * Takes messages from the broker. When it resolves, every point is in the live state, the quarter hours and the history,
 * or in the quarantine with a reason, or came by a revoked gateway; a repeat of any message changes nothing. When it rejects, nothing can be said:
 * the messages have to come again.
 */
export const ingest = async (deps: IngestDeps, events: readonly RuleEvent[]): Promise<IngestReport> => {
  const admitted = await admit(deps.directory, events.map(decode));
  const { devices, kept } = byDevice(admitted.arrivals);
  const arrivals = devices.flatMap((device) => device.arrivals);
  const forHistory = deps.readingHistory === 'ours' ? arrivals : arrivals.filter((arrival) => !isLive(arrival));
  const [unwritten, slots] = await Promise.all([
    writeHistory(deps.telemetry, forHistory),
    updateSlots(deps, devices),
    updateLive(deps, devices),
  ]);
  const quarantined = [...admitted.kept, ...kept, ...unwritten, ...slots.kept];
  await keep(deps.table, quarantined);
  await Promise.all([...slots.ended.values()].map((ended) => watchUse(deps, ended)));
  return reportOf(arrivals, quarantined);
};
