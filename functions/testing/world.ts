import { embeddedKeys } from '../adapters/embedded/keys.ts';
import { openDatabase } from '../adapters/embedded/database.ts';
import { sqliteTable } from '../adapters/embedded/table.ts';
import { blocksTelemetryStore } from '../adapters/blocks/telemetry-store.ts';
import type { Point } from '@hems/models/reading/point';
import type { DeviceKind } from '@hems/models/device/kinds';
import type { RuleEvent } from '@hems/shared/events/rules';
import type { Command } from '@hems/shared/events/commands';
import type { Clock } from '../ports/clock.ts';
import type { GatewayAddress } from '@hems/shared/events/topics';
import { directory } from '../use-cases/directory.ts';
import { ingest, type IngestReport } from '../use-cases/ingest/ingest.ts';
import { newGateway } from '../use-cases/stores/gateways.ts';
import { putDevice, putMember, putProfile } from '../use-cases/stores/households.ts';
import { newSealer } from '../use-cases/stores/data-keys.ts';
import { placePut } from '../use-cases/stores/places.ts';
import { NO_PROOF, proofPut } from '../use-cases/stores/proofs.ts';
import type { BusEvent } from '../ports/event-bus.ts';

/** 2026-11-22 12:00 in Seoul */
export const NOON = 1_795_316_400_000;

export const HOME = { householdId: 'h-1', telemetryId: 't-1', gateway: 'g-1' } as const;

const DEVICES: readonly (readonly [deviceId: string, kind: DeviceKind])[] = [
  ['meter-1', 'smart_meter'],
  ['solar-1', 'solar_inverter'],
  ['battery-1', 'battery'],
  ['air-1', 'environment_sensor'],
];

/** The message of one point, as its gateway sends it. */
export const aReading = ({ deviceId, kind, ts, boot, seq, q, quantities }: Point): Record<string, unknown> => ({
  v: 1,
  device_id: deviceId,
  kind,
  ts,
  boot,
  seq,
  q,
  ...quantities,
});

/** The message of several points of one boot. */
export const aBatch = (points: readonly Point[]): Record<string, unknown> => ({
  v: 1,
  boot: points[0]?.boot ?? 1,
  seq: points.at(-1)?.seq ?? 1,
  sent: points.at(-1)?.ts ?? 0,
  points: points.map((point) => {
    const { v: _v, boot: _boot, ...rest } = aReading(point);
    return rest;
  }),
});

/** What the rule makes of a message. */
export const aRuleEvent = (
  channel: RuleEvent['channel'],
  message: unknown,
  over: Partial<RuleEvent> = {},
): RuleEvent => ({
  channel,
  household: HOME.telemetryId,
  gateway: HOME.gateway,
  received: NOON,
  correlation: 'a-message-of-a-test',
  payload: Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)).toString('base64'),
  ...over,
});

/** A whole back end in memory, with one household of which `owner` is a member, its devices, and a clock that tests move. */
export const aWorld = async () => {
  let now = NOON;
  const clock: Clock & { set(ms: number): void } = {
    now: () => now,
    set: (ms) => {
      now = ms;
    },
  };
  const database = openDatabase(':memory:');
  const table = sqliteTable({ database, clock });
  const pause = () => Promise.resolve();
  const telemetry = blocksTelemetryStore(table, pause);
  const sent: { gateway: GatewayAddress; command: Command }[] = [];
  const channel = { send: async (gateway: GatewayAddress, command: Command) => void sent.push({ gateway, command }) };
  let last = 0;
  const ids = { next: () => `id-${(last += 1)}` };
  await putProfile(table, {
    householdId: HOME.householdId,
    telemetryId: HOME.telemetryId,
    buildingType: 'apartment',
  });
  const keys = embeddedKeys(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2));
  const said: BusEvent[] = [];
  const bus = { publish: async (events: readonly BusEvent[]) => void said.push(...events) };
  const { sealer, put: key } = await newSealer(keys, { household: HOME.householdId });
  const named = placePut(HOME.householdId, sealer, { place: { name: 'demo' }, version: 0 });
  await table.transact([{ put: key }, { put: named }]);
  await table.put(proofPut(HOME.householdId, { ...NO_PROOF, state: 'proven', by: 'operator', atMs: now }, 0));
  await putMember(table, { householdId: HOME.householdId, sub: 'owner', role: 'owner' });
  await table.put(newGateway(HOME));
  for (const [deviceId, kind] of DEVICES) {
    await putDevice(table, HOME.householdId, {
      deviceId,
      kind,
      name: deviceId,
      gateway: HOME.gateway,
      status: 'active',
    });
  }
  const deps = {
    table,
    telemetry,
    directory: directory(table, clock),
    clock,
    readingHistory: 'ours',
    pause,
    bus,
  } as const;
  const take = (...events: RuleEvent[]): Promise<IngestReport> => ingest(deps, events);
  return { database, table, telemetry, keys, bus, said, clock, channel, ids, pause, sent, deps, take };
};
export type World = Awaited<ReturnType<typeof aWorld>>;
