import type { Comparison, Scope } from '../../view/scope.ts';
import type { EntryState } from '../../view/energy-series.ts';

const WEEKDAYS = ['월', '화', '수', '목', '금', '토', '일'];

/** What a span is compared with, in words. */
const BEFORE: Record<Scope, string> = {
  day: '전날',
  week: '지난주',
  month: '지난달',
  billing: '지난 검침 기간',
  year: '지난해',
};
const YEAR: Record<Scope, string> = {
  day: '52주 전 같은 요일',
  week: '52주 전 같은 주',
  month: '지난해 같은 달',
  billing: '지난해 같은 검침 기간',
  year: '지난해',
};

export const ko = {
  title: '에너지 사용량',
  scope: '기간',
  scopes: { day: '일', week: '주', month: '월', billing: '검침', year: '년' } satisfies Record<Scope, string>,
  unit: '단위',
  units: { kwh: 'kWh', won: '원' },
  compare: '비교',
  comparisons: { none: '비교 안 함', before: '이전 기간', year: '지난해' } satisfies Record<Comparison, string>,
  previous: '이전 기간',
  next: '다음 기간',
  today: '오늘',
  billingSpan: (from: string, to: string) => `${from} – ${to} 검침`,
  billingAssumed: '검침일을 알려 주지 않으셔서 매월 1일로 보고 나눴어요.',

  total: { kwh: '사용량 합계', won: '요금 합계' },
  card: '그래프',
  empty: {
    title: '이 기간의 기록이 없어요',
    text: '앞뒤 기간을 살펴보세요. 계량기 값이 들어오면 그래프가 채워져요.',
  },
  notYet: { title: '아직 오지 않은 기간이에요', text: '이전 기간이나 오늘을 눌러 보세요.' },
  gaps: (missing: number, unit: string) => `기록이 없는 ${missing}${unit}은 합계에 들어 있지 않아요.`,
  unpricedGaps: (missing: number, unit: string) =>
    `요금이 아직 계산되지 않은 ${missing}${unit}은 합계에 들어 있지 않아요.`,
  partialBins: (count: number, unit: string) => `${count}${unit}은 일부 시간의 기록이 없어 실제보다 적을 수 있어요.`,
  binUnit: { hour: '시간', day: '일', month: '개월' },
  costBySettledDay: '요금은 하루가 끝난 뒤 계산해요. 오늘 요금은 아직 들어 있지 않아요.',
  costByDay: '요금은 하루 단위로 계산해요. 시간별 요금은 나누지 않아요.',
  costAssumed: '계약 정보를 알려 주지 않으셔서 가장 흔한 계약으로 가정한 요금이에요.',
  costProvisional: '잠정 요금이에요. 늦게 도착한 값이나 미확정 단가에 따라 바뀔 수 있어요.',

  comparedWith: (scope: Scope, comparison: Comparison) => (comparison === 'year' ? YEAR : BEFORE)[scope],
  less: (than: string, amount: string, percent: string) => `${than}보다 ${amount} 적어요 (${percent} 감소).`,
  more: (than: string, amount: string, percent: string) => `${than}보다 ${amount} 많아요 (${percent} 증가).`,
  same: (than: string) => `${than}보다 늘지도 줄지도 않았어요.`,
  comparedOver: (bins: number, unit: string) => `양쪽 모두 온전히 기록된 ${bins}${unit}만 견줬어요.`,
  comparedNone: (than: string) => `${than}의 기록이 없어 견줄 수 없어요.`,

  flows: { import: '한전에서 받음', export: '한전으로 보냄', solar: '태양광 발전' },

  chart: (s: { span: string; what: string; total: string; most: string; mostAt: string }) =>
    `${s.span} ${s.what} 막대그래프. 합계 ${s.total}, 가장 많을 때는 ${s.mostAt}의 ${s.most}입니다.`,
  pick: '막대 고르기',
  pickHint: '막대를 누르거나 화살표 키로 옮기면 정확한 값을 볼 수 있어요.',
  bar: (s: { name: string; value: string; state: string }) => `${s.name} · ${s.value} · ${s.state}`,
  barCompared: (than: string, value: string) => `${than} ${value}`,
  none: '기록 없음',
  hour: (hour: number) => `${hour}시–${hour + 1}시`,
  tickHour: (hour: number) => `${hour}시`,
  tickDay: (day: number) => `${day}일`,
  tickWeekday: (weekday: number) => WEEKDAYS[weekday] ?? '',
  tickMonth: (month: number) => `${month}월`,
  axis: { kwh: '단위 kWh', won: '단위 원' },
  open: '지금까지',
  unpriced: '요금 계산 전',
  states: {
    known: '측정값',
    estimated: '추정값',
    partial: '일부 누락',
    doubtful: '확인 필요',
    missing: '기록 없음',
    future: '아직 안 옴',
  } satisfies Record<EntryState, string>,

  table: '표로 보기',
  graph: '그래프로 보기',
  tableCaption: (span: string) => `${span} 값`,
  columns: { time: '시간', value: '값', compared: '비교', state: '구분' },
  download: 'CSV 내려받기',
  csv: { time: '구간', use: '사용량(Wh)', cost: '요금(원)', compared: '비교값', state: '구분' },
};
export type EnergyTexts = typeof ko;
