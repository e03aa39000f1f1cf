import { listDevices, readDeviceSeries } from './devices.ts';
import { readEnvironment } from './environment.ts';
import { readLive } from './live.ts';
import { placeOrder, readOrder } from './orders.ts';
import { listQuarantine, replayQuarantine } from './quarantine.ts';
import { listHouseholds, readSession } from './session.ts';
import { readBill } from './tariffs.ts';
import { readUsage } from './usage.ts';

/** Every endpoint of the resident API, by the noun whose Lambda answers it. */
export const contract = {
  session: [readSession],
  households: [listHouseholds],
  live: [readLive],
  usage: [readUsage],
  environment: [readEnvironment],
  devices: [listDevices, readDeviceSeries],
  orders: [placeOrder, readOrder],
  quarantine: [listQuarantine, replayQuarantine],
  tariffs: [readBill],
} as const;

export type Noun = keyof typeof contract;
