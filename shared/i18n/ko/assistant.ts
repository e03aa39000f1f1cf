import type { HourForecast } from '@hems/models/forecast/answer';

type Range = { low: string; high: string };

/** What the screens of forecast, suggestions and plan share, and the card on the dashboard. */
export const ko = {
  title: 'AI 어시스턴트',
  tabs: 'AI 화면',
  tab: { advice: '추천', forecast: '예측', plan: '계획' },

  next: {
    title: '다음 1시간 예측',
    likely: ({ low, high }: Range) => `10번 중 8번은 ${low}–${high} 사이예요.`,
    sure: '얼마나 믿을 수 있나요?',
    /** `often`: of ten such hours, in how many the use lands between `low` and `high` */
    often: ({ often, low, high }: Range & { often: number }) =>
      `이런 시간 10번 중 약 ${often}번은 ${low}–${high} 안에 들어요.`,
    nearlyAlways: ({ low, high }: Range) => `이런 시간은 거의 매번 ${low}–${high} 안에 들어요.`,
    seldom: ({ low, high }: Range) => `맞히기 어려운 시간이에요. ${low}–${high} 안에 드는 것은 10번 중 1번이 안 돼요.`,
    more: '내일까지 시간별로 보기',
  },
  source: {
    model: 'AI 모델',
    fallback: '우리 집의 평소 값',
    withheld: '지난 7일 평균',
    profile: '청구서로 만든 평균 하루',
    usual: '우리 집의 평소 값',
  } satisfies Record<HourForecast['source'] | 'usual', string>,
  sourceIs: (source: string) => `출처: ${source}`,
  whySource: {
    fallback: '모델이 있을 수 없는 값을 내놓아, 같은 시간대에 평소 쓰던 값을 대신 보여 드려요.',
    withheld: '최근 4주 동안 모델이 지난 7일 평균보다 낫지 않았어요. 그래서 모델 대신 평균을 보여 드려요.',
    profile: '쌓인 기록이 아직 없어, 청구서의 사용량에 맞춘 보통 하루를 보여 드려요. 하루만 지나도 우리 집에 맞춰져요.',
    usual: '예측 엔진이 지금 답하지 않아, 같은 시간대에 평소 쓰던 값을 대신 보여 드려요.',
  },
  old: (moment: string) => `${moment}에 만든 예측이에요. 새 예측은 아직 오지 않았어요.`,

  noConsent: {
    title: '‘사용 분석’에 동의하면 볼 수 있어요',
    text: '예측, 추천, 계획은 우리 집의 사용 습관을 분석해서 만들어요. 동의하기 전에는 아무것도 만들지 않고, 언제든 철회할 수 있어요.',
    open: '동의 관리 열기',
  },
  collecting: {
    title: '사용 기록을 모으고 있어요',
    text: '하루치 기록이 쌓이면 예측을 시작해요. 지금은 계량기가 값을 보내기만 하면 돼요.',
  },
  wiring: {
    title: '계량기 연결을 확인해 주세요',
    text: '사용량으로 들어오는 값이 태양광 발전처럼 보여요. 계량기와 인버터의 연결이 바뀌었는지 설치한 곳에 확인해 주세요. 그때까지는 예측하지 않아요.',
  },
  tooOld: {
    title: '지금 보여 드릴 예측이 없어요',
    text: '마지막 예측의 시간이 모두 지났어요. 계량기 값이 들어오면 새로 만들어요.',
  },
  viewer: '보기 전용 구성원이라 볼 수만 있어요.',

  home: {
    all: '추천과 예측 보기',
  },
};
export type AssistantTexts = typeof ko;
