import type { DeviceKind } from '@hems/models/device/kinds';
import type { Live } from '../api/live.ts';
import { powerText } from '../format/power.ts';
import type { HomeTexts } from '../i18n/ko/home.ts';
import type { Words } from '../i18n/texts.ts';
import { empty, filled, type Card } from './card.ts';
import { seenOf } from './freshness.ts';

export type DeviceView = {
  readonly deviceId: string;
  readonly name: string;
  /** what it is, unless its name says so, and when it was last heard */
  readonly about: string;
  readonly silent: boolean;
  /** only while it is heard */
  readonly power: string | undefined;
};

type Device = Live['devices'][number];

/** The meter first, then what makes and stores power, then what uses it, then sensors. */
const ORDER: Record<DeviceKind, number> = {
  smart_meter: 0,
  solar_inverter: 1,
  battery: 2,
  ev_charger: 3,
  smart_plug: 4,
  thermostat: 5,
  environment_sensor: 6,
};
const inOrder = (a: Device, b: Device): number => ORDER[a.kind] - ORDER[b.kind] || a.name.localeCompare(b.name, 'ko');

/** The devices of the home and when each was last heard. */
export const devicesCard = (live: Live, nowMs: number, { t, s }: Words<HomeTexts>): Card<readonly DeviceView[]> => {
  if (live.devices.length === 0) return empty(s.devices.empty);
  const views = live.devices.toSorted(inOrder).map((device): DeviceView => {
    const { deviceId, name, ts, powerW } = device;
    const { silent, text } = seenOf(ts, nowMs, t);
    const kind = s.kind[device.kind];
    return {
      deviceId,
      name,
      about: name.includes(kind) ? text : `${kind} · ${text}`,
      silent,
      power: silent || powerW === null ? undefined : powerText(Math.abs(powerW)),
    };
  });
  const silent = views.filter((view) => view.silent).length;
  // Sensors that are heard have a card of their own; they are listed where nothing else is.
  const shown = views.filter((view) => view.silent || view.power !== undefined);
  return filled(shown.length > 0 ? shown : views, silent > 0 ? s.devices.partial(silent) : undefined);
};
