import type { ADVICE_CAUSES, Advice } from '../../api/advice.ts';

type Safeguard = NonNullable<Advice['safeguard']>;

/** The screen of suggestions around what the rules themselves say (`advice.ts`). */
export const ko = {
  suggestions: '우리 집 맞춤 추천',
  save: (range: string) => `한 달에 ${range} 아낄 수 있어요`,
  saveUnclear: '아끼는 금액은 아직 알 수 없어요',
  since: (date: string) => `${date}부터 추천하고 있어요`,
  state: { open: '새 추천', later: '다시 추천' } satisfies Record<Advice['suggestions'][number]['state'], string>,
  data: '어떤 값으로 계산했나요?',
  days: (count: string) => `${count}일`,
  hours: (count: string) => `${count}시간`,
  unknownRule: '우리 집에 맞는 절약 방법',
  unknownReason: '이 추천의 이유를 보려면 앱을 새로 고쳐 주세요.',

  accept: '해 볼게요',
  later: '나중에',
  notUseful: '도움이 안 돼요',
  notUsefulText: '왜 그런가요? 고르신 이유에 따라 앞으로의 추천이 달라져요.',
  cause: {
    'done-already': '이미 하고 있어요',
    'not-possible': '우리 집에서는 할 수 없어요',
    'too-uncomfortable': '불편할 것 같아요',
    'too-little': '아끼는 돈이 너무 적어요',
    'not-true': '우리 집 이야기가 아니에요',
  } satisfies Record<(typeof ADVICE_CAUSES)[number], string>,
  causeLabel: '이유',
  confirm: '보내기',
  cancel: '취소',
  busy: '보내는 중…',
  failed: '보내지 못했어요.',
  thanks: {
    accepted: '좋아요! 4주 뒤, 잴 수 있는 것이면 정말 줄었는지 아래 ‘실천한 추천의 결과’에 적어 드려요.',
    later: '나중에 다시 추천해 드릴게요.',
  },

  way: { plan: '계획에서 켜기', bill: '요금에서 확인하기', forecast: '시간별 예측 보기' },
  none: {
    title: '지금은 추천할 것이 없어요',
    text: '아낄 곳을 찾으면 한 달에 얼마를 아끼는지와 함께 알려 드려요. 그동안 프로그램에 참여해 리워드를 받아 보세요.',
  },
  toProgrammes: '참여할 프로그램 찾기',
  collecting: {
    title: '추천에 쓸 기록을 모으고 있어요',
    text: '근거 없는 추천은 하지 않아요. 3주치 기록이 쌓이면 우리 집에 맞는 방법을 찾아 드려요. 그동안 프로그램부터 참여해 보세요.',
  },

  weather: '내일 날씨 안내',
  noNotes: '내일은 날씨 때문에 따로 챙길 것이 없어요.',
  unknownNote: '날씨 안내가 있어요. 내용을 보려면 앱을 새로 고쳐 주세요.',
  noteOn: (date: string, text: string) => `${date} · ${text}`,

  results: '실천한 추천의 결과',
  acceptedOn: (date: string) => `${date}부터`,
  result: {
    measuring: '효과를 재고 있어요. 4주가 지나면 비교해서 알려 드려요.',
    unclear: '차이가 평소의 오르내림보다 작아, 줄었다고도 늘었다고도 말할 수 없어요.',
    measured: (range: string) => `한 달에 ${range} 아낀 셈이에요.`,
    more: (range: string) => `아끼지 못했어요. 한 달에 ${range} 더 쓴 셈이에요.`,
  },
  noResults: {
    title: '아직 실천한 추천이 없어요',
    text: '‘해 볼게요’를 누르면 4주 뒤 정말 줄었는지 재서 여기에 적어 드려요.',
  },

  safeguard: '더위·추위에 약한 가족',
  safeguardOn: '냉난방을 줄이라는 추천은 하지 않아요.',
  safeguardLabel: '더위나 추위가 위험한 가족이 있어요',
  safeguardWhy:
    '아기, 어르신, 환자처럼 냉난방을 줄이면 위험한 분이 있다면 표시해 주세요. 냉난방을 줄이거나 켜 둔 기기를 끄라는 추천을 하지 않아요. 조명, 배터리, 요금제 추천은 그대로예요. 이 정보는 추천에만 쓰고 아무에게도 알리지 않아요.',
  safeguardSaved: '저장했어요.',
  safeguardNotSaved: '저장하지 못했어요.',
  because: {
    'heat-wave': '폭염 특보가 내려져 냉방을 줄이라는 추천은 쉬어요. 시원하게 지내세요.',
    'cold-wave': '한파 특보가 내려져 난방을 줄이라는 추천은 쉬어요. 따뜻하게 지내세요.',
    'vulnerable-home': '더위나 추위가 위험한 분이 있어, 냉난방을 줄이라는 추천은 하지 않아요.',
  } satisfies Record<Safeguard, string>,
};
export type SuggestionTexts = typeof ko;
