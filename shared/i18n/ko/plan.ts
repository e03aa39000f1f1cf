import type { Limit } from '@hems/models/plan/conflicts';
import type { Reason } from '@hems/models/plan/reasons';
import type { OVERRIDES, PlanAnswer } from '../../api/plan.ts';

/** What battery and car are to do, why, and who decides it. */
export const ko = {
  plan: '배터리·전기차 계획',
  madeAt: (time: string) => `${time}에 세운 계획이에요. 30분마다 다시 세워요.`,
  sketch: '켜지 않아 아직 아무것도 움직이지 않아요. 켜면 이렇게 움직여요.',
  saving: (won: string) => `${won} 아껴요`,
  noSaving: '계획을 세워도 더 아낄 것이 없어요',
  costs: {
    planned: '계획대로 하면',
    byItself: '계획 없이 배터리에 맡기면',
    until: (until: string) =>
      `${until}까지의 전기요금과 배터리 마모를 더한 예상 금액이에요. 그때 배터리에 남아 있을 전기의 값은 뺐어요.`,
  },
  midnight: { clock: '밤 12:00', today: '오늘 밤 12시', on: (date: string) => `${date} 밤 12시` },
  credit: (won: string) => `${won} 받음`,
  changes: (count: number) => `충전과 방전을 바꾸는 횟수 ${count}번`,
  changesLastDay: (count: number) => `지난 24시간 동안 ${count}번`,

  chart: (s: { until: string; blocks: number; low: string; high: string }) =>
    `${s.until}까지의 계획 그래프. 동작은 ${s.blocks}개이고 배터리에 담긴 전기는 ${s.low}에서 ${s.high} 사이예요.`,
  legend: { charge: '충전', discharge: '방전', car: '전기차', stored: '배터리에 담긴 전기', price: '전기 가격' },
  units: { power: 'kW', stored: 'kWh', price: '원/kWh' },
  hourTick: (hour: number) => `${hour}시`,
  table: '표로 보기',
  graph: '그래프로 보기',
  tableCaption: '30분마다의 계획',
  columns: {
    time: '시간',
    battery: '배터리',
    car: '전기차',
    grid: '한전',
    stored: '담긴 전기',
    price: '가격',
    reason: '이유',
  },
  battery: { charge: (kw: string) => `충전 ${kw}`, discharge: (kw: string) => `방전 ${kw}`, rest: '대기' },
  grid: { draws: (kw: string) => `받음 ${kw}`, feeds: (kw: string) => `보냄 ${kw}`, none: '0 W' },
  price: (won: string) => `1 kWh에 ${won}원`,

  timeline: '언제 무엇을 왜 하나요',
  now: '지금',
  block: { charge: '배터리 충전', discharge: '배터리 방전', rest: '배터리 대기', car: '전기차 충전' },
  stored: (kwh: string) => `끝나면 ${kwh} kWh`,
  reason: {
    'stores-solar': '남는 태양광을 담아 두어요.',
    'charges-cheap': '전기가 쌀 때 담아 두어요.',
    'covers-dear': '전기가 비싸서 배터리로 써요.',
    'sells-dear': '비싸게 팔 수 있어 한전으로 보내요.',
    'covers-home': '집에서 쓰는 만큼 배터리로 써요.',
    'keeps-reserve': '정전에 대비한 전기만 남겨 두고 쉬어요.',
    'is-full': '배터리가 가득 차서 쉬어요.',
    waits: '더 나은 때를 기다려요.',
    'by-itself': '따로 시키지 않아요. 배터리가 스스로 집에 전기를 대고 남는 태양광을 담아요.',
    'no-battery': '움직일 배터리가 없어요.',
  } satisfies Record<Reason['code'], string>,
  unknownReason: '계획에 따라 움직여요.',
  carReason: (readyBy: string) => `${readyBy}까지 필요한 만큼 채워요.`,

  safe: '안전 계획',
  safeText:
    '정하신 조건을 모두 지킬 방법이 없어, 배터리는 쉬고 전기차와 가전은 바로 움직이는 안전한 계획으로 바꿨어요.',
  late: '전기차를 제때 다 채울 수 없어요',
  lateText: '그래서 전기차는 바로 충전하고, 배터리는 거기에 맞춰 계획했어요.',
  conflictsAre: '서로 맞지 않는 조건',
  conflict: {
    'import-limit': '집이 한 번에 받을 수 있는 전력',
    'export-limit': '한전으로 보낼 수 있는 전력',
    'battery-reserve': '정전에 대비해 남겨 둘 전기',
    'battery-capacity': '배터리 용량',
    'battery-power': '배터리의 최대 출력',
    'battery-end': '계획이 끝날 때 남아 있어야 할 전기',
    'car-ready-by': '전기차를 다 채워야 하는 시각',
    'car-power': '충전기의 최대 출력',
    'appliance-window': '가전을 돌려야 하는 시간',
  } satisfies Record<Limit, string>,
  safeHelp: '전기차의 준비 시각을 늦추거나, 남겨 둘 전기를 줄이면 다시 계획할 수 있어요.',

  why: {
    'nothing-to-plan': {
      title: '계획할 것이 없어요',
      text: '배터리나 전기차 충전기를 연결하고 조건을 저장하면, 전기가 싼 때 채우고 비싼 때 쓰는 계획을 세워 드려요.',
    },
    'no-forecast': {
      title: '예측이 아직 없어요',
      text: '계획은 내일까지의 예측 위에 세워요. 기록이 하루 쌓이면 시작해요.',
    },
    'no-consent': {
      title: '‘사용 분석’에 동의하면 볼 수 있어요',
      text: '계획은 우리 집의 사용 습관을 분석해서 세워요. 동의하기 전에는 아무것도 계획하지 않아요.',
    },
    'no-state': {
      title: '배터리의 값을 기다리고 있어요',
      text: '지금 얼마나 담겨 있는지 알아야 계획할 수 있어요. 배터리가 값을 보내면 바로 세워요.',
    },
    'no-price': {
      title: '전기 가격을 계산할 수 없어요',
      text: '요금제를 알아야 언제가 싼지 알 수 있어요. 요금 화면에서 전기 계약을 확인해 주세요.',
    },
  } satisfies Record<NonNullable<PlanAnswer['why']>, { title: string; text: string }>,

  toDevices: '기기 연결하기',
  toBill: '요금에서 계약 확인하기',

  automation: '자동 운전',
  isOn: '켜져 있어요. 계획대로 배터리와 전기차를 움직여요.',
  isOff: '꺼져 있어요. 계획만 보여 드리고 아무것도 움직이지 않아요.',
  means: '자동 운전이 하는 일',
  consequences: [
    '켜면 30분마다 계획을 다시 세우고, 배터리와 전기차 충전기에 끝나는 시각이 있는 명령을 보내요.',
    '명령이 끝나거나 연결이 끊기면 배터리는 평소대로 집에 전기를 대고, 충전기는 켜진 상태로 돌아가요.',
    '남겨 두기로 한 전기는 정전 때를 위해 쓰지 않아요.',
    '예측이 빗나가면 배터리가 스스로 움직일 때보다 요금이 더 나올 수도 있어요.',
    '언제든 끌 수 있고, 잠시 멈출 수도 있어요.',
  ],
  turnOn: '자동 운전 켜기',
  turnOnText: '이제부터 계획이 배터리와 전기차를 움직여요.',
  turnOff: '자동 운전 끄기',
  turnOffText: '보낸 명령은 그 시각까지만 이어지고, 그다음부터 아무것도 움직이지 않아요.',
  confirm: '확인',
  cancel: '취소',
  busy: '처리하는 중…',
  failed: '처리하지 못했어요.',

  settings: '계획 조건',
  reserve: '정전에 대비해 남겨 둘 전기',
  reserveIs: (percent: number) => `배터리의 ${percent}%`,
  reserveHint: '많이 남길수록 정전에 든든하고, 아끼는 돈은 줄어요.',
  hasCar: '전기차 충전도 계획해 주세요',
  carNeed: '채울 양 (kWh)',
  carNeedHint: '1에서 200 사이의 수로 적어 주세요. 출퇴근 40 km면 8 kWh쯤이에요.',
  readyBy: '준비되어야 하는 시각',
  readyByHint: '그때까지 다 채우도록 싼 시간을 골라요.',
  save: '조건 저장',
  savingNow: '저장하는 중…',
  saved: '저장했어요. 다음 계획부터 반영해요.',
  notSaved: '저장하지 못했어요.',

  override: '잠시 직접 정하기',
  overrideText: '계획을 잠시 멈추고 배터리를 정하신 대로 둬요. 시간이 되면 저절로 계획으로 돌아가요.',
  overrideOff: '자동 운전이 꺼져 있어 멈출 계획이 없어요.',
  mode: {
    rest: '배터리 대기 (충전도 방전도 안 함)',
    'self-use': '평소대로 (태양광을 담고 집에서 쓰기)',
  } satisfies Record<(typeof OVERRIDES)[number], string>,
  modeLabel: '어떻게',
  howLong: '언제까지',
  lengths: { hour: '1시간 동안', 'three-hours': '3시간 동안', midnight: '오늘 밤 12시까지', day: '내일 이 시각까지' },
  start: '멈추기',
  overridden: (mode: string, until: string) => `${until}까지 ‘${mode}’ 상태예요. 그 뒤에는 계획으로 돌아가요.`,
  undo: '지금 계획으로 돌아가기',

  orders: '최근 보낸 명령',
  noOrders: {
    title: '보낸 명령이 없어요',
    text: '자동 운전을 켜면 무엇을 명령했고 어떻게 되었는지 여기에 적어 드려요.',
  },
  order: {
    charge: (kw: string) => `충전 ${kw}`,
    discharge: (kw: string) => `방전 ${kw}`,
    rest: '대기',
    on: '켜기',
    off: '끄기',
  },
  orderUntil: (from: string, until: string) => `${from} – ${until}`,
  orderState: {
    sent: '보냄',
    accepted: '기기가 받음',
    applied: '실행함',
    verified: '실행 확인',
    rejected: '기기가 거절함',
    expired: '시간이 지나 실행하지 않음',
    failed: '실패',
  },
};
export type PlanTexts = typeof ko;
