import type { Role } from '@hems/models/household/household';
import { mayDo } from '@hems/models/household/permissions';
import { isCounted } from '@hems/models/usage/household';
import type { Device, Equipment, Gateway } from '../api/devices.ts';
import { agoCoarseText } from '../format/time.ts';
import type { HomeTexts } from '../i18n/ko/home.ts';
import type { SettingsTexts } from '../i18n/ko/settings.ts';
import type { Messages } from '../i18n/messages.ts';
import { cardOf, empty, filled, type Card, type Loaded } from './card.ts';
import { seenOf } from './freshness.ts';

export type DeviceRow = {
  readonly deviceId: string;
  readonly name: string;
  readonly about: string;
  readonly isActive: boolean;
  /** bills and rewards hang on it: an owner retires and replaces it */
  readonly isCounted: boolean;
  /** devices of the same kind that could continue its history */
  readonly successors: readonly { readonly value: string; readonly text: string }[];
};
export type GatewayView = {
  readonly gateway: string;
  readonly title: string;
  readonly presence: Gateway['presence'] | 'revoked';
  readonly presenceText: string;
  readonly firmware: string;
  readonly isDoubled: boolean;
  readonly isActive: boolean;
  readonly devices: readonly DeviceRow[];
};
export type EquipmentWords = { readonly t: Messages; readonly s: SettingsTexts; readonly home: HomeTexts };

/** Viewers look. */
export const mayManageDevices = (role: Role | undefined): boolean =>
  role !== undefined && mayDo(role, 'manage-devices');

export const mayChangeMeters = (role: Role | undefined): boolean => role !== undefined && mayDo(role, 'change-meters');

type Around = { readonly all: readonly Device[]; readonly nowMs: number };

const deviceRow = (device: Device, { all, nowMs }: Around, { t, s, home }: EquipmentWords): DeviceRow => {
  const kind = home.kind[device.kind];
  const state = device.status === 'active' ? seenOf(device.lastSeenMs, nowMs, t).text : s.devices[device.status];
  const successors = all.filter(
    (other) => other.kind === device.kind && other.status === 'active' && other.deviceId !== device.deviceId,
  );
  return {
    deviceId: device.deviceId,
    name: device.name,
    about: device.name.includes(kind) ? state : `${kind} · ${state}`,
    isActive: device.status === 'active',
    isCounted: isCounted(device.kind),
    successors: successors.map(({ deviceId, name }) => ({ value: deviceId, text: name })),
  };
};

const presenceText = ({ presence, presenceMs, status }: Gateway, nowMs: number, { t, s }: EquipmentWords): string => {
  if (status === 'revoked') return s.devices.revoked;
  const said = s.devices.presence[presence];
  return presenceMs === null || presence === 'unknown'
    ? said
    : s.devices.since(said, agoCoarseText(nowMs - presenceMs, t));
};

/** Gateways with what is behind them; those that were cut off last. */
export const equipmentCard = (
  loaded: Loaded<Equipment>,
  nowMs: number,
  words: EquipmentWords,
): Card<readonly GatewayView[]> =>
  cardOf(loaded, words.t, ({ gateways, devices }) => {
    const { s } = words;
    if (gateways.length === 0) return empty(s.devices.empty);
    const views = gateways
      .toSorted((a, b) => a.status.localeCompare(b.status) || a.gateway.localeCompare(b.gateway))
      .map((one): GatewayView => ({
        gateway: one.gateway,
        title: s.devices.gateway(one.gateway),
        presence: one.status === 'revoked' ? 'revoked' : one.presence,
        presenceText: presenceText(one, nowMs, words),
        firmware: one.firmware === null ? s.devices.noFirmware : s.devices.firmware(one.firmware),
        isDoubled: one.isDoubled && one.status === 'active',
        isActive: one.status === 'active',
        devices: devices
          .filter(({ gateway }) => gateway === one.gateway)
          .map((device) => deviceRow(device, { all: devices, nowMs }, words)),
      }));
    const away = views.filter(({ presence }) => presence === 'offline').length;
    return filled(views, away > 0 ? s.devices.offline(away) : undefined);
  });
