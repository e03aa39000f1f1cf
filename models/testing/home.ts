import type { DeviceKind } from '../device/kinds.ts';
import type { Appliance } from './appliances.ts';
import { opaqueId, randomFrom, seedOf, type Random } from './random.ts';

/** A simulated home: what it is made of. What happens in it follows from its seed and the date. */
export type Home = {
  readonly seed: number;
  readonly building: 'apartment' | 'house' | 'villa';
  readonly people: number;
  readonly areaM2: number;
  readonly heating: 'gas-boiler' | 'heat-pump';
  /** electrical rating of the air conditioner */
  readonly coolerW: number;
  readonly coolTargetC: number;
  readonly heatTargetC: number;
  /** 0: no roof */
  readonly solarKwp: number;
  /** usable capacity; 0: no battery */
  readonly batteryWh: number;
  /** rating of the car charger; 0: no car */
  readonly evW: number;
  /** appliances behind a smart plug */
  readonly plugs: readonly Appliance[];
  readonly thermostat: boolean;
  readonly airSensor: boolean;
};

const BUILDINGS = ['apartment', 'apartment', 'apartment', 'villa', 'house'] as const;
const PEOPLE = [1, 2, 2, 3, 4, 4, 5];
const M2_PER_PERSON = 14;
const M2_SHARED = 28;

const roof = (building: Home['building'], random: Random): Pick<Home, 'solarKwp' | 'batteryWh'> => {
  const solarKwp = random() < 0.6 && building === 'house' ? 3 : 0;
  return { solarKwp, batteryWh: random() < 0.5 ? solarKwp && 6400 : 0 };
};

/** A home as the seed has it; name what matters to the test. */
export const aHome = (seed: number, over: Partial<Omit<Home, 'seed'>> = {}): Home => {
  const random = randomFrom(seedOf('home', seed));
  const building = over.building ?? BUILDINGS[Math.floor(random() * BUILDINGS.length)] ?? 'apartment';
  const people = over.people ?? PEOPLE[Math.floor(random() * PEOPLE.length)] ?? 4;
  const areaM2 = over.areaM2 ?? M2_SHARED + M2_PER_PERSON * people;
  return {
    seed,
    building,
    people,
    areaM2,
    heating: 'gas-boiler',
    coolerW: Math.round((areaM2 * 20) / 100) * 100,
    coolTargetC: 25 + Math.floor(random() * 3),
    heatTargetC: 20 + Math.floor(random() * 4),
    ...roof(building, random),
    evW: random() < 0.15 ? 7000 : 0,
    plugs: random() < 0.5 ? ['refrigerator', 'television'] : [],
    thermostat: random() < 0.5,
    airSensor: random() < 0.5,
    ...over,
  };
};

export type HomeDevice = { readonly deviceId: string; readonly kind: DeviceKind; readonly appliance?: Appliance };

/** The devices of a home, the meter first; their ids follow from the seed. */
export const devicesOf = (home: Home): HomeDevice[] => {
  const device = (kind: DeviceKind, present: boolean): HomeDevice[] =>
    present ? [{ deviceId: opaqueId(home.seed, kind), kind }] : [];
  return [
    ...device('smart_meter', true),
    ...device('solar_inverter', home.solarKwp > 0),
    ...device('battery', home.batteryWh > 0),
    ...device('ev_charger', home.evW > 0),
    ...device('thermostat', home.thermostat),
    ...device('environment_sensor', home.airSensor),
    ...home.plugs.map((appliance): HomeDevice => ({
      deviceId: opaqueId(home.seed, 'smart_plug', appliance),
      kind: 'smart_plug',
      appliance,
    })),
  ];
};
