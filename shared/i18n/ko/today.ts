/** What today has used, cost and saved so far. */
export const ko = {
  saved: { less: '절약', more: '더 사용', same: '평소만큼' },
  headline: {
    less: '평소 이 시각보다 덜 쓰고 있어요',
    more: '평소 이 시각보다 더 쓰고 있어요',
    same: '평소 이 시각만큼 쓰고 있어요',
  },
  /** of a day that is over and has no later answer */
  headlineOver: {
    less: '평소보다 덜 썼어요',
    more: '평소보다 더 썼어요',
    same: '평소만큼 썼어요',
  },
  today: '오늘',
  savedOn: (day: string) => `${day} 절약`,
  used: (day: string, parts: string) => `${day} ${parts}`,
  usedOfGrid: (grid: string, home: string) => `한전에서 ${grid}, 집 전체 ${home}`,
  until: (time: string) => `${time}까지 · 잠정`,
  estimated: '추정',
  estimatedWhy: '일부는 잰 값이 아니라 추정한 값이에요.',
  noPrice: '요금 계산 불가',
  expected: (s: { time: string; expected: string; day: string; used: string }) =>
    `${s.time}까지 평소대로라면 ${s.expected} kWh, ${s.day}은 ${s.used} kWh를 한전에서 받았어요.`,
  interval: (low: string, high: string, percent: number) =>
    `평소 사용량은 ${percent}% 확률로 ${low}–${high} kWh 사이예요. 그 안의 차이는 우연일 수 있어요.`,
  compared: (days: number) => `비슷한 날 ${days}일의 같은 시각까지와 비교했어요.`,
  how: (method: string, version: number) => `비교한 기준: ${method} (${version}판)`,
  later: '하루가 끝나면 같은 방법으로 오늘 하루의 절약을 계산해요.',
  why: '어떻게 계산했나요?',

  useEmpty: { title: '오늘 기록이 아직 없어요', text: '첫 값이 들어오면 0시부터의 사용량과 요금을 보여 드려요.' },
  missing: '빠진 시간이 있어 실제보다 적을 수 있어요.',
  bad: '이상한 값이 섞여 있어 확인이 필요해요.',

  co2: {
    less: '줄였어요',
    more: '늘었어요',
    same: '평소만큼',
    footprint: (day: string, mass: string) => `${day} 배출 ${mass}`,
  },
  co2Empty: { title: '오늘의 CO₂를 아직 알 수 없어요', text: '오늘 한전에서 받은 전기가 확인되면 바로 보여 드려요.' },

  usual: {
    above: (percent: number) => `평소보다 ${percent}% 많음`,
    below: (percent: number) => `평소보다 ${percent}% 적음`,
    same: '평소와 비슷함',
  },

  refused: {
    'insufficient-history': {
      title: '비교할 날이 조금 더 필요해요',
      text: '비슷한 날의 기록이 4일 쌓이면 오늘 절약을 바로 보여 드려요.',
    },
    'nothing-yet': { title: '오늘의 첫 값을 기다리고 있어요', text: '15분 사용량이 확인되면 바로 계산해요.' },
    'missing-use': { title: '오늘 기록에 빈 시간이 있어요', text: '빠진 값이 들어오면 다시 계산해요.' },
    'no-grid-meter': { title: '스마트미터가 필요해요', text: '스마트미터를 연결하면 오늘 아낀 요금을 보여 드려요.' },
    'broken-register': {
      title: '계량기 값을 확인하고 있어요',
      text: '계량기 숫자가 갑자기 바뀌어 오늘 절약은 계산하지 않았어요.',
    },
  },
  refusedOther: '오늘 절약을 아직 말할 수 없어요',
};
export type TodayTexts = typeof ko;
