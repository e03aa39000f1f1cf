/** The last 24 hours on the dashboard. */
export const ko = {
  hourTick: (hour: number) => `${hour}시`,
  empty: { title: '최근 24시간 기록이 없어요', text: '값이 쌓이면 15분 단위 그래프를 여기에 그려 드려요.' },
  summary: (s: { least: string; most: string; mostAt: string; last: string; lastAt: string }) =>
    `최근 24시간 전력 그래프. 가장 낮을 때 ${s.least}, 가장 높을 때는 ${s.mostAt}에 ${s.most}까지 올랐어요. 마지막 값은 ${s.lastAt} 기준 ${s.last}.`,
  summaryAhead: (s: { low: string; high: string }) => `앞으로 6시간은 ${s.low}에서 ${s.high} 사이로 예측해요.`,
  next: (s: { when: string; power: string }) => `${s.when}에는 ${s.power}쯤 쓸 것 같아요.`,
  old: (moment: string) => `${moment}에 만든 예측이에요.`,
  show: '그래프에 보일 것',
  series: { past: '지난 24시간', before: '하루 전', ahead: '6시간 예측' },
  partial: (missing: number) => `15분 구간 ${missing}개의 기록이 없어 비워 두었어요.`,
  unit: '단위 kW',
  estimatedLegend: '추정값',
  measuredLegend: '측정값',
  gapLegend: '빈 곳은 기록 없음',
  table: '표로 보기',
  chart: '그래프로 보기',
  tableCaption: '앞으로 6시간의 예측과 최근 24시간의 15분 평균 전력 (최근 순)',
  columns: { time: '시간', power: '전력', before: '하루 전', quality: '구분' },
  hourFrom: (time: string) => `${time}부터`,
  expected: (range: string) => `예측 ${range}`,
  none: '없음',
};
export type DayTexts = typeof ko;
