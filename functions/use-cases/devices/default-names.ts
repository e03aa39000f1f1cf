import type { DeviceKind } from '@hems/models/device/kinds';

/** What a device is called until a resident names it. */
export const KIND_NAMES: Record<DeviceKind, string> = {
  smart_meter: '스마트미터',
  smart_plug: '스마트 플러그',
  thermostat: '온도조절기',
  solar_inverter: '태양광 인버터',
  battery: '배터리',
  environment_sensor: '공기질 센서',
  ev_charger: '전기차 충전기',
};
