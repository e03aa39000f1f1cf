import type { DeviceKind } from '@hems/models/device/kinds';

/** Indoor air and devices, in the lower half of the dashboard. */
export const ko = {
  environment: {
    temperature: '온도',
    humidity: '습도',
    co2: '이산화탄소',
    empty: { title: '연결된 센서가 없어요', text: '공기질 센서나 온도조절기를 연결하면 온도와 습도를 보여 드려요.' },
    partial: '값을 보내지 않는 센서가 있어 마지막 값을 함께 표시해요.',
  },
  devices: {
    empty: { title: '연결된 기기가 없어요', text: '기기를 연결하면 마지막 수신 시각을 여기에서 확인할 수 있어요.' },
    partial: (silent: number) => `기기 ${silent}대가 값을 보내지 않고 있어요.`,
  },
  kind: {
    smart_meter: '스마트미터',
    smart_plug: '스마트 플러그',
    thermostat: '온도조절기',
    solar_inverter: '태양광 인버터',
    battery: '배터리',
    environment_sensor: '공기질 센서',
    ev_charger: '전기차 충전기',
  } satisfies Record<DeviceKind, string>,
};
export type HomeTexts = typeof ko;
