import type { Quantity } from '@hems/models/reading/quantities';
import { qualityOf } from '@hems/models/reading/quality';
import type { Environment } from '@hems/shared/api/environment';
import type { Clock } from '../ports/clock.ts';
import { withGivenNames } from './devices/given-names.ts';
import type { KeyDeps } from './stores/data-keys.ts';
import { listDevices, type Device } from './stores/households.ts';
import { readLiveStates, type LiveState } from './stores/live.ts';

type Deps = KeyDeps & { readonly clock: Clock };

const sensorRow = ({ deviceId, name }: Device, state: LiveState | undefined): Environment['sensors'][number] => {
  const last = (quantity: Quantity): number | null => state?.quantities[quantity] ?? null;
  return {
    deviceId,
    name,
    ts: state?.ts ?? null,
    quality: state ? qualityOf(state.q) : 'missing',
    temperatureCdegc: last('temperature_cdegc'),
    humidityPermille: last('humidity_permille'),
    co2Ppm: last('co2_ppm'),
    pm25Ugm3: last('pm2_5_ugm3'),
    pm10Ugm3: last('pm10_ugm3'),
    tvocPpb: last('tvoc_ppb'),
    targetTemperatureCdegc: last('target_temperature_cdegc'),
  };
};

/** Air and climate as each sensor and thermostat last told them. */
export const readEnvironment = async (deps: Deps, householdId: string): Promise<Environment> => {
  const [devices, states] = await Promise.all([
    listDevices(deps.table, householdId),
    readLiveStates(deps.table, householdId),
  ]);
  const active = devices.filter(
    ({ kind, status }) => status === 'active' && (kind === 'environment_sensor' || kind === 'thermostat'),
  );
  const sensors = await withGivenNames(deps, householdId, active);
  return {
    householdId,
    now: deps.clock.now(),
    sensors: sensors.map((device) => sensorRow(device, states.get(device.deviceId))),
  };
};
