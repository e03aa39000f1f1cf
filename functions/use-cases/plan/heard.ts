import { Q, qualityOf } from '@hems/models/reading/quality';
import type { Table } from '../../ports/table.ts';
import { readGateway } from '../stores/gateways.ts';
import { listDevices, type Device } from '../stores/households.ts';
import { readLiveStates, type LiveState } from '../stores/live.ts';

/** A reading older than this says nothing of now; a gateway reports each minute. */
const STALE_MS = 10 * 60_000;
/** A reading from further ahead comes from a clock that is wrong. */
const AHEAD_MS = 60_000;
/** Code of `battery_mode`. */
const FAULT = 5;

const isNow = ({ ts, q, quantities }: LiveState, nowMs: number): boolean =>
  nowMs - ts <= STALE_MS &&
  ts - nowMs <= AHEAD_MS &&
  qualityOf(q) !== 'bad' &&
  (q & (Q.clockUnsynced | Q.stale)) === 0 &&
  quantities.battery_mode !== FAULT;

export type Heard = { readonly device: Device; readonly state: LiveState };
export type SteeredKind = 'battery' | 'ev_charger';

/** The devices that a plan steers: of each kind the first that is in use. */
export const steeredOf = (devices: readonly Device[], kind: SteeredKind): Device | undefined =>
  devices
    .filter((device) => device.kind === kind && device.status === 'active')
    .toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1))[0];

/** The device with what it says now; undefined where it is not heard, and then nothing is ordered of it either. */
export const heardNow = (
  device: Device | undefined,
  states: ReadonlyMap<string, LiveState>,
  nowMs: number,
): Heard | undefined => {
  const state = device && states.get(device.deviceId);
  return device && state && isNow(state, nowMs) ? { device, state } : undefined;
};

export type Orderable = {
  readonly device: Device;
  /** it speaks, behind a gateway that is there; one that does not is only let go */
  readonly isHeard: boolean;
};

/** Batteries and chargers in use behind gateways that are not revoked. */
export const readOrderable = async (
  table: Table,
  householdId: string,
  nowMs: number,
): Promise<ReadonlyMap<string, Orderable>> => {
  const [all, states] = await Promise.all([listDevices(table, householdId), readLiveStates(table, householdId)]);
  const devices = all.filter(
    ({ status, kind }) => status === 'active' && (kind === 'battery' || kind === 'ev_charger'),
  );
  const gateways = await Promise.all(
    [...new Set(devices.map(({ gateway }) => gateway))].map((gateway) => readGateway(table, { householdId, gateway })),
  );
  const open = new Map(
    gateways.flatMap((one) =>
      one?.status === 'active' ? [[one.gateway, one.presence?.state !== 'disconnected'] as const] : [],
    ),
  );
  return new Map(
    devices.flatMap((device) => {
      const isThere = open.get(device.gateway);
      if (isThere === undefined) return [];
      return [[device.deviceId, { device, isHeard: isThere && heardNow(device, states, nowMs) !== undefined }]];
    }),
  );
};
