import { localDate } from '@hems/models/calendar/seoul';
import type { DeviceKind } from '@hems/models/device/kinds';
import { qualityOf, worst, type Quality } from '@hems/models/reading/quality';
import { aggregate } from '@hems/models/usage/aggregate';
import type { Live } from '@hems/shared/api/live';
import type { Clock } from '../ports/clock.ts';
import { quartersOfDays } from './days/household-quarters.ts';
import { withGivenNames } from './devices/given-names.ts';
import type { KeyDeps } from './stores/data-keys.ts';
import { listDevices, type Device } from './stores/households.ts';
import { readLiveStates, type LiveState } from './stores/live.ts';

type Deps = KeyDeps & { readonly clock: Clock };
type Heard = Device & { readonly state: LiveState | undefined };
type Flow = { readonly powerW: number | null; readonly ts: number | null; readonly quality: Quality };

const UNKNOWN: Flow = { powerW: null, ts: null, quality: 'missing' };

const deviceFlow = ({ state }: Heard): Flow =>
  state?.quantities.power_w === undefined
    ? UNKNOWN
    : { powerW: state.quantities.power_w, ts: state.ts, quality: qualityOf(state.q) };

/** The sum of flows, as old as the oldest of them; unknown when one of them is. */
const sum = (flows: readonly Flow[]): Flow => {
  if (flows.length === 0) return UNKNOWN;
  return flows.reduce((a, b) =>
    a.powerW === null || b.powerW === null || a.ts === null || b.ts === null
      ? UNKNOWN
      : { powerW: a.powerW + b.powerW, ts: Math.min(a.ts, b.ts), quality: worst([a.quality, b.quality]) },
  );
};

const flowOf = (heard: readonly Heard[], kind: DeviceKind): Flow | undefined => {
  const own = heard.filter((device) => device.kind === kind);
  return own.length === 0 ? undefined : sum(own.map(deviceFlow));
};

const homeFlow = (parts: readonly Flow[]): Flow => {
  const load = sum(parts);
  return load.powerW === null ? load : { ...load, powerW: Math.max(0, load.powerW) };
};

const deviceRow = (device: Heard): Live['devices'][number] => {
  const { powerW, quality } = deviceFlow(device);
  const { deviceId, kind, name, state } = device;
  return {
    deviceId,
    kind,
    name,
    ts: state?.ts ?? null,
    powerW,
    quality: state ? qualityOf(state.q) : quality,
    ...(state?.correlationId !== undefined && { correlationId: state.correlationId }),
  };
};

/** Several batteries have no charge in common: their capacities are not known here. */
const socOf = (heard: readonly Heard[]): number | null => {
  const [battery, ...others] = heard.filter(({ kind }) => kind === 'battery');
  return others.length > 0 ? null : (battery?.state?.quantities.soc_permille ?? null);
};

/** The household now: each flow with the time of the oldest reading it rests on. What is not known is null, never 0. */
export const readLive = async (deps: Deps, householdId: string): Promise<Live> => {
  const now = deps.clock.now();
  const today = localDate(now);
  const [devices, states, quarters] = await Promise.all([
    listDevices(deps.table, householdId),
    readLiveStates(deps.table, householdId),
    quartersOfDays(deps, householdId, [today, today]),
  ]);
  const active = devices.filter(({ status }) => status === 'active');
  const heard = (await withGivenNames(deps, householdId, active)).map((device) => ({
    ...device,
    state: states.get(device.deviceId),
  }));
  const grid = flowOf(heard, 'smart_meter') ?? UNKNOWN;
  const solar = flowOf(heard, 'solar_inverter');
  const battery = flowOf(heard, 'battery');
  // An inverter that told 0 W sleeps, and its silence does not age the home.
  const behind = [solar?.powerW === 0 ? undefined : solar, battery].filter((flow) => flow !== undefined);
  const { loadWh, quality } = aggregate(quarters);
  return {
    householdId,
    now,
    load: homeFlow([grid, ...behind]),
    grid,
    ...(solar && { solar }),
    ...(battery && { battery: { ...battery, socPermille: socOf(heard) } }),
    today: { loadWh: loadWh ?? null, quality },
    devices: heard.map(deviceRow),
  };
};
