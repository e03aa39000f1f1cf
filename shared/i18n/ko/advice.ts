import type { AdviceCause, NoteCode, ResultReason, RuleCode } from '@hems/models/advice/codes';

/** A figure that a rule shows, by its name, written with its unit. */
export type Figure = (name: string) => string;
/** What to do, how, and why the home gives reason for it. */
type Rule = { readonly title: string; readonly how: string; readonly why: (of: Figure) => string };

/** What each rule, note and answer says. The names of the figures are those of the rule's data. */
export const ko = {
  rule: {
    'cooler-set-point': {
      title: '냉방 온도를 1도 올려 보세요',
      how: '선풍기를 함께 켜면 도움이 돼요. 덥게 느껴지면 바로 되돌리세요.',
      why: (of) =>
        `하루 평균 기온이 ${of('begins')}를 넘으면 1도마다 하루 ${of('perDegree')}를 더 써요. 최근 ${of('seenDays')}의 기록에서 찾았어요.`,
    },
    'heater-set-point': {
      title: '난방 온도를 1도 낮춰 보세요',
      how: '얇은 겉옷 하나가 도움이 돼요. 춥게 느껴지면 바로 되돌리세요.',
      why: (of) =>
        `하루 평균 기온이 ${of('begins')}보다 낮으면 1도마다 하루 ${of('perDegree')}를 더 써요. 최근 ${of('seenDays')}의 기록에서 찾았어요.`,
    },
    standby: {
      title: '밤새 켜져 있는 것을 찾아보세요',
      how: '셋톱박스, 컴퓨터, 오디오, 비데처럼 밤에 쓰지 않는 것을 멀티탭으로 꺼 보세요. 냉장고, 보일러, 의료 기기는 끄지 마세요.',
      why: (of) =>
        `모두 잠든 시간에도 ${of('nightFloor')}를 쓰고 있어요. 이 가운데 냉장고나 보일러처럼 꼭 필요한 것을 ${of('neededAtNight')}로 어림했어요. 집마다 다를 수 있어요. 최근 ${of('seenDays')}을 살폈어요.`,
    },
    'idle-plug': {
      title: '쓰지 않을 때 이 플러그를 꺼 두세요',
      how: '꽂힌 기기를 쓰지 않을 때 플러그를 끄면 돼요. 밤에만 꺼도 도움이 돼요. 냉장고와 의료 기기, 늘 켜 두어야 하는 것이라면 끄지 마세요.',
      why: (of) => `꽂힌 기기가 안 쓸 때도 ${of('idle')}를 써요. 하루에 ${of('restsADay')}쯤은 쓰지 않고 있어요.`,
    },
    'shift-hours': {
      title: '비싼 시간의 사용을 싼 시간으로 옮겨 보세요',
      how: '식기세척기와 충전은 밤으로, 소리가 나는 세탁기와 건조기는 아침으로 옮겨 보세요. 냉난방은 그대로 두세요.',
      why: (of) => `한 달에 쓰는 전기의 ${of('peakShare')}인 ${of('peakUse')}가 가장 비싼 시간에 몰려 있어요.`,
    },
    'tier-limit': {
      title: '이번 달은 누진 단계을 넘지 않을 수 있어요',
      how: '남은 날 동안 조금씩만 줄이면 돼요. 건조기 한 번, 오븐 한 번을 아끼는 것부터 시작해 보세요.',
      why: (of) =>
        `이대로면 ${of('expected')}로 끝날 것 같아요. ${of('limit')}를 ${of('over')} 넘으면 기본요금과 단가가 올라요.`,
    },
    lighting: {
      title: '자주 켜는 등을 LED로 바꿔 보세요',
      how: '가장 오래 켜 두는 거실과 주방 등부터 바꾸면 효과가 커요.',
      why: (of) =>
        `해가 지면 같은 시간이라도 ${of('lighting')}를 더 써요. 조명으로 보여요. ${of('seenDays')}의 기록에서 찾았어요.`,
    },
    'solar-self-use': {
      title: '해가 좋은 낮에 돌려 보세요',
      how: '세탁기, 식기세척기, 청소기 충전을 낮으로 예약해 보세요.',
      why: (of) =>
        `태양광 전기를 하루 ${of('surplusADay')}씩 내보내고, 저녁에는 가장 적게 쓰는 시간보다 하루 ${of('eveningADay')}를 더 쓰고 있어요.`,
    },
    'battery-schedule': {
      title: '배터리를 자동으로 맡겨 보세요',
      how: '계획 화면에서 자동 운전을 켜면 돼요. 언제든 끌 수 있고, 정전에 쓸 몫은 남겨 둬요.',
      why: (of) => `배터리는 하루에 ${of('usable')}까지 내줄 수 있는데, 요즘은 평균 ${of('usedADay')}만 쓰고 있어요.`,
    },
    'contract-choice': {
      title: '다른 요금제가 더 쌀 수 있어요',
      how: '한전 고객센터(123)에서 바꿀 수 있는지 물어보세요. 바꾸기 전에 계약 전력을 꼭 확인하세요.',
      why: (of) => `우리 집의 지난 1년(${of('seenDays')} 기록)을 두 요금제로 계산해 비교했어요.`,
    },
  } satisfies Record<RuleCode, Rule>,
  /** the names of the figures, for a list of them */
  figure: {
    perDegree: '기온 1도마다 하루에',
    begins: '시작되는 하루 평균 기온',
    seenDays: '살펴본 날',
    nightFloor: '잠든 시간의 사용',
    neededAtNight: '꼭 필요한 만큼(어림)',
    idle: '안 쓸 때의 사용',
    restsADay: '하루에 안 쓰는 시간',
    peakShare: '비싼 시간대의 비중',
    peakUse: '비싼 시간대의 한 달 사용량',
    limit: '단계가 끝나는 사용량',
    expected: '예상 사용량',
    over: '넘는 양',
    lighting: '어두울 때 더 쓰는 전기',
    surplusADay: '하루에 내보내는 전기',
    eveningADay: '저녁에 더 쓰는 전기',
    usable: '배터리가 내줄 수 있는 양',
    usedADay: '배터리가 하루에 내준 양',
    warmest: '가장 더울 때',
    coldest: '가장 추울 때',
    more: '더 쓸 것 같은 양',
    cloud: '하늘을 덮는 구름',
    usualSolar: '보통 날의 발전량',
  },
  note: {
    'hot-tomorrow': {
      plain: (of: Figure) => `내일은 ${of('warmest')}까지 올라요. 물을 자주 마시고 시원하게 지내세요.`,
      withMore: (of: Figure) =>
        `내일은 ${of('warmest')}까지 올라요. 우리 집은 요즘보다 ${of('more')}쯤 더 쓸 것 같아요. 시원하게 지내세요.`,
    },
    'cold-tomorrow': {
      plain: (of: Figure) => `내일은 ${of('coldest')}까지 내려가요. 따뜻하게 지내고 수도가 얼지 않게 살펴 주세요.`,
      withMore: (of: Figure) =>
        `내일은 ${of('coldest')}까지 내려가요. 우리 집은 요즘보다 ${of('more')}쯤 더 쓸 것 같아요. 따뜻하게 지내세요.`,
    },
    'cloudy-tomorrow': {
      plain: (of: Figure) =>
        `내일 낮에는 구름이 하늘의 ${of('cloud')}를 덮어요. 태양광은 보통 날의 ${of('usualSolar')}보다 적을 것 같아요. 낮에 돌리려던 빨래는 맑은 날로 미뤄도 좋아요.`,
    },
    'sunny-tomorrow': {
      plain: (of: Figure) =>
        `내일 낮에는 맑아요. 태양광은 보통 날에 ${of('usualSolar')}를 만들어요. 빨래와 설거지는 내일 낮이 좋아요.`,
    },
  } satisfies Record<NoteCode, { plain: (of: Figure) => string; withMore?: (of: Figure) => string }>,
  /** why nothing is claimed of a suggestion that was taken */
  unclear: {
    'not-measured': '이 추천은 효과만 따로 잴 방법이 없어 금액을 말씀드리지 않아요.',
    'too-little-known': '비교할 기록이 모자라 효과를 말할 수 없어요.',
    'other-taken': '비슷한 때에 다른 추천도 실천하셔서, 줄어든 양은 먼저 한 추천의 결과에서 한 번만 세요.',
    'not-changed': '요금제가 아직 그대로예요. 요금제 설정을 바꾸면 비교해 드려요.',
    'within-variation': '차이가 평소의 오르내림보다 작아, 줄었다고도 늘었다고도 말할 수 없어요.',
  } satisfies Record<ResultReason, string>,
  /** what follows from the cause of a "not useful" */
  consequence: {
    'done-already': '알겠어요. 1년 동안은 다시 추천하지 않을게요.',
    'not-possible': '알겠어요. 다시 추천하지 않을게요.',
    'too-uncomfortable': '알겠어요. 1년 동안은 비슷하게 불편한 것도 추천하지 않을게요.',
    'too-little': '알겠어요. 1년 동안은 이보다 두 배 넘게 아끼는 것만 추천할게요.',
    'not-true': '알려 주셔서 고마워요. 1년 동안은 다시 추천하지 않을게요.',
  } satisfies Record<AdviceCause, string>,
};
export type AdviceTexts = typeof ko;
