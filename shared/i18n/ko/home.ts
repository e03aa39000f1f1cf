import type { DeviceKind } from '@hems/models/device/kinds';
import type { FlowPart } from '../../chart/flow-chart.ts';

/** Indoor air and devices, in the lower half of the dashboard. */
export const ko = {
  environment: {
    temperature: '온도',
    humidity: '습도',
    co2: '이산화탄소',
    pm25: '초미세먼지',
    empty: { title: '연결된 센서가 없어요', text: '공기질 센서나 온도조절기를 연결하면 온도와 습도를 보여 드려요.' },
    partial: '값을 보내지 않는 센서가 있어 마지막 값을 함께 표시해요.',
  },
  devices: {
    empty: { title: '연결된 기기가 없어요', text: '기기를 연결하면 마지막 수신 시각을 여기에서 확인할 수 있어요.' },
    all: '모두 보기',
    partial: (silent: number) => `기기 ${silent}대가 값을 보내지 않고 있어요.`,
  },
  flow: {
    home: '우리 집',
    name: { solar: '태양광', grid: '한전', battery: '배터리', car: '전기차' } satisfies Record<FlowPart, string>,
    /** what it does while its power goes to the home, and while it comes from it */
    into: { solar: '발전 중', grid: '받는 중', battery: '방전 중', car: '방전 중' } satisfies Record<FlowPart, string>,
    outOf: { solar: '쉬는 중', grid: '보내는 중', battery: '충전 중', car: '충전 중' } satisfies Record<
      FlowPart,
      string
    >,
    using: '사용 중',
    idle: '쉬는 중',
    unknown: '알 수 없음',
    last: (time: string) => `${time} 값`,
    charged: (doing: string, percent: string) => `${doing}, 잔량 ${percent}`,
    sentence: (s: { name: string; power: string; doing: string }) => `${s.name} ${s.power} ${s.doing}`,
    picture: (parts: string) => `전력 흐름 그림: ${parts}`,
    partial: '값이 오지 않는 기기가 있어, 마지막 값은 그 시각과 함께 보여 드려요.',
    carNote: '전기차가 쓰는 전력은 우리 집 사용에 들어 있어요.',
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
