/** The last 24 hours on the dashboard. */
export const ko = {
  hourTick: (hour: number) => `${hour}시`,
  empty: { title: '최근 24시간 기록이 없어요', text: '값이 쌓이면 15분 단위 그래프를 여기에 그려 드려요.' },
  summary: (s: { least: string; most: string; mostAt: string; last: string; lastAt: string }) =>
    `최근 24시간 전력 그래프. 가장 낮을 때 ${s.least}, 가장 높을 때 ${s.mostAt}에 ${s.most}, 마지막 값은 ${s.lastAt}에 ${s.last}입니다.`,
  partial: (missing: number) => `15분 구간 ${missing}개의 기록이 없어 비워 두었어요.`,
  unit: '단위 kW',
  estimatedLegend: '추정값',
  measuredLegend: '측정값',
  gapLegend: '빈 곳은 기록 없음',
  table: '표로 보기',
  chart: '그래프로 보기',
  tableCaption: '최근 24시간, 15분 단위 사용량 (최근 순)',
  columns: { time: '시간', power: '평균 전력', energy: '사용량', quality: '구분' },
  none: '없음',
};
export type DayTexts = typeof ko;
