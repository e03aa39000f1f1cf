import type { ScoreLine, ScoreRemark } from '@hems/models/score/score';

export const ko = {
  saved: { won: '요금', energy: '전기', co2: 'CO₂' },
  less: '평소보다 덜 썼어요',
  more: '평소보다 더 썼어요',
  same: '평소만큼 썼어요',
  /** behind an amount of won or kWh, and of CO2 */
  against: { less: '절약', more: '더 사용', same: '평소만큼' },
  co2Against: { less: '감소', more: '증가', same: '평소만큼' },
  estimated: '추정',
  estimatedWhy: '일부는 잰 값이 아니라 추정한 값이에요.',
  expected: (expected: string, used: string) => `평소대로라면 ${expected} kWh, 실제로는 ${used} kWh`,
  interval: (low: string, high: string, percent: number) =>
    `평소 사용량은 ${percent}% 확률로 ${low}–${high} kWh 사이예요. 그 안의 차이는 우연일 수 있어요.`,
  how: (method: string, version: number) => `비교한 기준: ${method} (${version}판)`,
  provisional: '잠정 · 늦게 온 값으로 30일까지 바뀔 수 있어요',
  final: '확정',
  noPrice: '요금 계산 불가',
  pine: (days: string) => `소나무 한 그루가 ${days}일 동안 흡수하는 양이에요.`,
  sum: (s: { days: number; energy: string; won: string; co2: string }) =>
    `최근 30일 가운데 ${s.days}일 합계: ${s.won}, 전기 ${s.energy}, CO₂ ${s.co2}`,
  /** what the days changed of the bills. `saved`: its sign, 1 for less to pay */
  billed: (won: string, saved: number) => `청구 요금 ${won}${saved > 0 ? ' 절약' : saved < 0 ? ' 추가' : ''}`,
  sumHow: '합계의 요금은 청구 기간의 누진 단계까지 반영해서, 하루 금액을 더한 값과 다를 수 있어요.',
  sumProvisional: '(잠정)',
  why: '어떻게 계산했나요?',
  seeBill: '요금 보기',
  toDate: '지금까지',
  assumed: '계약 정보를 몰라 가장 흔한 계약으로 가정한 금액이에요.',
  /** at the meter reading, in 8 of 10 cases */
  atReading: (range: string) => `예상 ${range}`,
  toTier: (own: string, next: string, kwh: string) => `${own}, ${next}까지 ${kwh} kWh`,
  crossesOn: (left: string, date: string) => `${left} · ${date}쯤 도달`,
  /** all of the tier is used; how much is left is said by `toTier` */
  atLimit: (own: string, next: string) => `${own}를 다 썼어요, 더 쓰면 ${next}`,
  lastTier: (own: string) => `${own}, 가장 높은 단계`,
  notYet: { title: '어제의 절약을 아직 계산하지 못했어요', text: '하루가 끝난 뒤 새벽에 계산해요.' },
  refused: '어제의 절약을 말할 수 없어요',

  points: (score: number) => `${score}점`,
  basis: '최근 30일 · 자체 기준',
  score: (score: number) => `100점 만점에 ${score}점`,
  ours: '우리 서비스가 정한 기준이며 정부 공인 등급이 아니에요.',
  whyScore: '왜 이 등급인가요?',
  whyShort: '왜?',
  over: (from: string, to: string) => `${from} – ${to}`,
  noScore: '아직 등급이 없어요',
  line: {
    use: (wh: string, days: string) => `최근 ${days}일 동안 ${wh} kWh를 썼어요.`,
    'normal-weather': (change: string) => `날씨가 평년과 같았다면 ${change} kWh`,
    'normal-size': (area: string, as: string, change: string) => `${area} m²인 집을 ${as} m²로 맞추면 ${change} kWh`,
    'comparable-use': (wh: string) => `비교할 수 있게 맞춘 사용량은 ${wh} kWh예요.`,
    'peer-median': (wh: string, homes: string) => `비슷한 집 ${homes}곳의 중간값은 ${wh} kWh예요.`,
    'table-median': (wh: string, peers: string, needed: string) =>
      `비슷한 집이 ${peers}곳뿐이라(${needed}곳 필요) 조사 통계의 값 ${wh} kWh와 비교했어요.`,
    ratio: (percent: string) => `우리 집은 그 값의 ${percent}%를 썼어요.`,
    score: (score: string, grade: string) => `그래서 ${score}점, ${grade} 등급이에요.`,
  } satisfies Record<ScoreLine['line'], (...figures: string[]) => string>,
  remark: {
    'weather-not-considered': '날씨는 고려하지 못했어요.',
    'size-not-considered': '집 면적을 몰라 크기는 고려하지 못했어요.',
    'table-knows-no-seasons': '통계에는 계절 구분이 없어 여름·겨울에는 점수가 낮게 나올 수 있어요.',
  } satisfies Record<ScoreRemark, string>,
  scoreProvisional: '비교한 통계가 공식 기준이 아니어서 잠정이에요.',
};
export type SavingsTexts = typeof ko;
