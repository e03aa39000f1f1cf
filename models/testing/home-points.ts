import { DAY_MS, HOUR_MS } from '../calendar/seoul.ts';
import type { DeviceKind } from '../device/kinds.ts';
import type { Point } from '../reading/point.ts';
import type { Quantities } from '../reading/quantities.ts';
import { Q } from '../reading/quality.ts';
import type { Home, HomeDevice } from './home.ts';
import { MINUTE_MS, stepHome, type HomeState, type Register, type Simulation } from './live-home.ts';
import { seedOf, smoothNoise } from './random.ts';

/** A point before its gateway numbers it. */
export type Draft = Omit<Point, 'boot' | 'seq'>;

/** What an electricity meter at about 220 V shows beside the power, and the power. */
const electrical = (home: Home, atMs: number, powerW: number): Quantities => {
  const voltage = 221_000 + Math.round(2500 * smoothNoise(seedOf('volts', home.seed), atMs / (20 * MINUTE_MS)));
  const factor = 880 + Math.min(110, Math.round(Math.abs(powerW) / 16));
  return {
    power_w: powerW,
    voltage_mv: voltage,
    current_ma: Math.round((powerW * 1e9) / (voltage * factor)),
    power_factor_permille: factor,
  };
};

/** Codes of `battery_mode`. */
const batteryMode = ({ powers, orders, atMs }: HomeState, socPermille: number): number => {
  if (powers.battery < 0) return 1;
  if (powers.battery > 0) return 2;
  if (orders.battery && atMs < orders.battery.untilMs) return 3;
  return socPermille >= 999 ? 4 : 0;
};

const batteryQuantities = (home: Home, state: HomeState): Quantities => {
  const soc = Math.min(1000, Math.round(state.battery.storedMwh / home.batteryWh));
  return {
    ...electrical(home, state.atMs, state.powers.battery),
    energy_import_wh: state.battery.importWh,
    energy_export_wh: state.battery.exportWh,
    soc_permille: soc,
    battery_mode: batteryMode(state, soc),
  };
};

const solarQuantities = (home: Home, { powers, solar, atMs }: HomeState): Quantities => {
  const share = powers.solar / (home.solarKwp * 1000);
  return {
    ...electrical(home, atMs, powers.solar),
    energy_export_wh: solar.wh,
    // meaningless below a twentieth of the rating
    ...(share > 0.05 && { efficiency_permille: Math.round(972 - 12 * Math.abs(share - 0.5)) }),
  };
};

const airQuantities = (home: Home, { atMs, climate }: HomeState): Quantities => {
  const seed = seedOf('air', home.seed);
  const summer = -Math.cos((2 * Math.PI * (atMs / DAY_MS - 15)) / 365.25);
  const hour = atMs / HOUR_MS;
  const crowd = (climate.co2Ppm - 420) / 400;
  return {
    temperature_cdegc: Math.round(climate.indoorC * 100),
    humidity_permille: Math.round(470 + 140 * summer + 50 * smoothNoise(seed, hour / 9)),
    co2_ppm: Math.round(climate.co2Ppm),
    pm2_5_ugm3: Math.round(13 - 4 * summer + 7 * smoothNoise(seed + 1, hour / 13) + 2 * crowd),
    tvoc_ppb: Math.round(150 + 70 * crowd + 60 * smoothNoise(seed + 2, hour / 5)),
  };
};

const plugQuantities = (home: Home, state: HomeState, index: number): Quantities => ({
  ...electrical(home, state.atMs, state.powers.plugs[index] ?? 0),
  energy_import_wh: state.plugs[index]?.wh ?? 0,
});

const thermostatQuantities = ({ climate, hvac }: HomeState): Quantities => ({
  temperature_cdegc: Math.round(climate.indoorC * 100),
  target_temperature_cdegc: Math.round(hvac.targetC * 100),
  hvac_mode: hvac.mode,
  hvac_state: hvac.state,
});

const meterQuantities = (home: Home, { atMs, powers, importWh, exportWh }: HomeState): Quantities => ({
  ...electrical(home, atMs, powers.grid),
  energy_import_wh: importWh,
  energy_export_wh: exportWh,
});

const evQuantities = (home: Home, { atMs, powers, ev }: HomeState): Quantities => ({
  ...electrical(home, atMs, powers.ev),
  energy_import_wh: ev.wh,
});

type Shows = (home: Home, state: HomeState, device: HomeDevice) => Quantities;
const SHOWS: Record<DeviceKind, Shows> = {
  smart_meter: meterQuantities,
  solar_inverter: solarQuantities,
  battery: batteryQuantities,
  ev_charger: evQuantities,
  thermostat: (_, state) => thermostatQuantities(state),
  environment_sensor: airQuantities,
  smart_plug: (home, state, { appliance }) =>
    plugQuantities(home, state, appliance ? home.plugs.indexOf(appliance) : -1),
};

/** What every device of the home shows, marked simulated. */
export const pointsOf = ({ home, devices }: Simulation, state: HomeState): Draft[] =>
  devices.map((device) => ({
    deviceId: device.deviceId,
    kind: device.kind,
    ts: state.atMs,
    q: Q.simulated,
    quantities: SHOWS[device.kind](home, state, device),
  }));

const part = (from: number, to: number, share: number): number => from + Math.floor((to - from) * share);
const partOf = (from: Register, to: Register, share: number): Register => ({
  wh: part(from.wh, to.wh, share),
  carryWmin: 0,
});

/** The home within the minute that follows `state`: for looking at, not for going on from. Registers never pass those of the minute's end. */
export const glance = (simulation: Simulation, state: HomeState, atMs: number): HomeState => {
  if (atMs <= state.atMs) return state;
  const end = stepHome(simulation, state, state.atMs + MINUTE_MS);
  const share = Math.min(1, (atMs - state.atMs) / MINUTE_MS);
  const flutterW = Math.round(
    0.02 * end.powers.load * smoothNoise(seedOf('flutter', simulation.home.seed), atMs / 4000),
  );
  return {
    ...end,
    atMs,
    solar: partOf(state.solar, end.solar, share),
    ev: partOf(state.ev, end.ev, share),
    plugs: end.plugs.map((register, index) => partOf(state.plugs[index] ?? register, register, share)),
    importWh: part(state.importWh, end.importWh, share),
    exportWh: part(state.exportWh, end.exportWh, share),
    battery: {
      ...end.battery,
      importWh: part(state.battery.importWh, end.battery.importWh, share),
      exportWh: part(state.battery.exportWh, end.battery.exportWh, share),
    },
    powers: { ...end.powers, load: end.powers.load + flutterW, grid: end.powers.grid + flutterW },
  };
};
