import type { ForecastAnswer } from '@hems/models/forecast/answer';

/** Forecast of use: hours, days, the month, and how past forecasts did. */
export const ko = {
  hours: '내일까지 시간별 예측',
  unit: '단위 kW',
  hourTick: (hour: number) => `${hour}시`,
  summary: (s: { until: string; most: string; mostAt: string; low: string; high: string }) =>
    `${s.until}까지의 시간별 사용량 예측 그래프. 가장 많을 때는 ${s.mostAt}, ${s.most}이고 10번 중 8번은 ${s.low}–${s.high} 사이예요.`,
  legend: {
    actual: '오늘 실제',
    expected: '예상',
    band: '10번 중 8번은 이 안',
    naive: '지난 7일 평균',
    solar: '태양광 예상',
  },
  table: '표로 보기',
  chart: '그래프로 보기',
  tableCaption: '시간별 사용량 예측',
  columns: {
    time: '시간',
    mean: '평균',
    middle: '예상',
    range: '10번 중 8번',
    naive: '7일 평균',
    solar: '태양광',
    source: '출처',
  },
  unknown: '–',
  midnight: { clock: '밤 12:00', today: '오늘 밤 12시', on: (date: string) => `${date} 밤 12시` },
  hour: (from: string, date: string) => `${date} ${from}`,
  notice: {
    absence: '집을 비우신 것 같아, 최근의 적은 사용량에 맞춰 예측했어요.',
    drift: '최근 사용 습관이 달라져 예측이 평소보다 덜 맞을 수 있어요. 새 습관을 배우고 있어요.',
    withheld: '최근 4주 동안 모델이 지난 7일 평균보다 낫지 않아, 평균을 보여 드려요.',
  } satisfies Record<ForecastAnswer['notices'][number], string>,

  days: '앞으로 일주일',
  today: '오늘 (하루 전체)',
  tomorrow: '내일',
  toBill: '요금 보기',
  amount: (kwh: string) => `${kwh} kWh`,
  range: (low: string, high: string) => `10번 중 8번은 ${low}–${high} kWh`,
  daysNote:
    '점은 예상, 막대는 10번 중 8번 드는 범위예요. 먼 날일수록 범위가 넓어져요. 하루 예상에는 가끔 많이 쓰는 시간도 들어 있어, 시간별 예상을 더한 값보다 조금 커요.',
  noDays: { title: '하루 예측이 아직 없어요', text: '기록이 며칠 더 쌓이면 앞으로의 날들을 예측해 드려요.' },

  score: '예측 성적표',
  scoreOver: (days: number) => `지난 ${days}일, 하루 전에 한 예측`,
  ours: '우리 예측',
  theirs: '지난 7일 평균을 그대로 썼다면',
  right: (percent: string) => `${percent}% 맞음`,
  rightMeans: '쓴 전기에서, 시간마다 빗나간 양을 뺀 나머지의 비율이에요. 100%면 모든 시간을 정확히 맞힌 거예요.',
  promised: '약속: 10시간 중 8시간은 말씀드린 범위 안이에요.',
  kept: (hours: string) => `실제: 10시간 중 ${hours}시간이었어요.`,
  keptWell: '약속대로예요.',
  keptMore: '범위를 필요보다 넓게 말씀드렸어요.',
  keptLess: '범위를 너무 좁게 말씀드렸어요.',
  better: '7일 평균보다 잘 맞혔어요.',
  notBetter: '아직 7일 평균보다 낫지 않아요.',
  noScore: { title: '아직 성적이 없어요', text: '예측한 날이 며칠 지나면 얼마나 맞았는지 여기에 적어 드려요.' },

  accuracy: '지난 예측은 얼마나 맞았나요',
  accuracySummary: (s: { from: string; to: string; mean: string; naive: string }) =>
    `${s.from}부터 ${s.to}까지 하루 예측의 정확도 막대그래프. 중간값은 우리 예측 ${s.mean}%, 지난 7일 평균 ${s.naive}%예요.`,
  accuracyAxis: '정확도 %',
  ourBar: '우리 예측',
  naiveBar: '지난 7일 평균',
  pick: '날짜 고르기',
  pickHint: '막대를 누르거나 화살표 키로 옮기면 그날의 값을 볼 수 있어요.',
  dayTick: (day: number) => `${day}일`,
  dayLine: (d: { date: string; expected: string; actual: string; accuracy: string; naive: string }) =>
    `${d.date} · 예상 ${d.expected} kWh, 실제 ${d.actual} kWh · 정확도 ${d.accuracy}% (7일 평균 ${d.naive}%)`,
  accuracyCaption: '날짜별 예측 정확도',
  accuracyColumns: {
    date: '날짜',
    expected: '예상',
    actual: '실제',
    accuracy: '정확도',
    naive: '7일 평균',
    kept: '범위 안',
  },
  keptHours: (n: string) => `10번 중 ${n}번`,
  noAccuracy: {
    title: '지난 예측의 기록이 없어요',
    text: '예측한 하루가 지날 때마다 실제 값과 비교해 여기에 쌓아 드려요.',
  },
  version: (version: string) => `모델 ${version}`,
};
export type ForecastTexts = typeof ko;
