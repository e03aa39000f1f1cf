import type { DeviceKind } from '@hems/models/device/kinds';

/** What a device is called until a resident names it. */
export const KIND_NAMES: Record<DeviceKind, string> = {
  smart_meter: '스마트미터 (Smart meter)',
  smart_plug: '스마트 플러그 (Smart plug)',
  thermostat: '온도조절기 (Thermostat)',
  solar_inverter: '태양광 인버터 (Solar inverter)',
  battery: '배터리 (Battery)',
  environment_sensor: '공기질 센서 (Air sensor)',
  ev_charger: '전기차 충전기 (EV charger)',
};
