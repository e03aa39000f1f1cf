import { KIND_NAMES } from '../../use-cases/devices/default-names.ts';
import type { Role } from '@hems/models/household/household';
import type { Appliance } from '@hems/models/testing/appliances';
import { aHome, type Home, type HomeDevice } from '@hems/models/testing/home';
import { opaqueId } from '@hems/models/testing/random';

/** The households and residents of a fresh start. Their ids look random and are the same on every machine. */
export type DemoHousehold = {
  readonly name: string;
  readonly home: Home;
  readonly members: readonly { readonly email: string; readonly role: Role }[];
};

export type DemoIds = { readonly householdId: string; readonly telemetryId: string; readonly gateway: string };

export const idsOf = (key: string | number): DemoIds => ({
  householdId: opaqueId('household', key),
  telemetryId: opaqueId('telemetry', key),
  gateway: opaqueId('gateway', key),
});

const email = (number: number): string => `demo${number}@example.com`;
const owner = (number: number) => ({ email: email(number), role: 'owner' as const });

/** Where the simulated homes stand. */
export const DEMO_REGION = '서울 마포구';

const NO_ROOF = { solarKwp: 0, batteryWh: 0, evW: 0 };

export const DEMO_HOUSEHOLDS: readonly DemoHousehold[] = [
  {
    name: '데모 아파트 84㎡',
    home: aHome(101, {
      ...NO_ROOF,
      building: 'apartment',
      people: 4,
      areaM2: 84,
      plugs: ['refrigerator', 'television', 'washing_machine'],
      thermostat: true,
      airSensor: true,
    }),
    members: [owner(1)],
  },
  {
    name: '데모 주택 태양광·배터리',
    home: aHome(102, {
      building: 'house',
      people: 5,
      areaM2: 120,
      solarKwp: 3,
      batteryWh: 6400,
      evW: 0,
      plugs: ['refrigerator'],
      thermostat: true,
      airSensor: true,
    }),
    members: [owner(1), { email: email(6), role: 'viewer' }],
  },
  {
    name: '데모 원룸',
    home: aHome(103, {
      ...NO_ROOF,
      building: 'villa',
      people: 1,
      areaM2: 26,
      plugs: ['computer'],
      thermostat: false,
      airSensor: true,
    }),
    members: [owner(2)],
  },
  {
    name: '데모 빌라 전기난방',
    home: aHome(104, {
      ...NO_ROOF,
      building: 'villa',
      people: 2,
      areaM2: 46,
      heating: 'heat-pump',
      heatTargetC: 20,
      plugs: ['television'],
      thermostat: true,
      airSensor: false,
    }),
    members: [owner(3)],
  },
  {
    name: '데모 주택 태양광·전기차',
    home: aHome(105, {
      building: 'house',
      people: 3,
      areaM2: 95,
      solarKwp: 3,
      batteryWh: 0,
      evW: 7000,
      plugs: ['dryer'],
      thermostat: false,
      airSensor: false,
    }),
    members: [owner(4)],
  },
  {
    name: '데모 아파트 59㎡',
    home: aHome(106, {
      ...NO_ROOF,
      building: 'apartment',
      people: 3,
      areaM2: 59,
      plugs: ['rice_cooker', 'kimchi_refrigerator'],
      thermostat: false,
      airSensor: true,
    }),
    members: [owner(5)],
  },
];

const RESIDENTS = [1, 2, 3, 4, 5, 6];
/** Shown on the sign-in page: nothing behind it is real. */
const PASSWORD = 'hems-demo-2026';

export type Resident = {
  readonly sub: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly groups: readonly string[];
};

export const DEMO_RESIDENTS: readonly Resident[] = RESIDENTS.map((number) => ({
  sub: opaqueId('resident', number),
  email: email(number),
  name: `데모 주민 ${number}`,
  password: PASSWORD,
  groups: [],
}));

export const subOf = (address: string): string => {
  const resident = DEMO_RESIDENTS.find((one) => one.email === address);
  if (!resident) throw new Error(`${address} is no demo resident`);
  return resident.sub;
};

const APPLIANCE_NAMES: Partial<Record<Appliance, string>> = {
  refrigerator: '냉장고',
  kimchi_refrigerator: '김치냉장고',
  rice_cooker: '전기밥솥',
  washing_machine: '세탁기',
  dryer: '건조기',
  television: '텔레비전',
  computer: '컴퓨터',
};

export const deviceName = ({ kind, appliance }: HomeDevice): string =>
  (appliance && APPLIANCE_NAMES[appliance]) ?? KIND_NAMES[kind];
