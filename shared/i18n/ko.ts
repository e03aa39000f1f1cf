import type { Quality } from '@hems/models/reading/quality';
import type { ErrorKind } from '../errors/api-error.ts';

const WEEKDAYS = ['월', '화', '수', '목', '금', '토', '일'];

/** Every text a resident reads. Korean is the measure; `en.ts` has the same keys. A text with a figure in it is a function. */
export const ko = {
  tag: 'ko-KR',
  brand: '우리 집 에너지',
  language: { switch: 'English' },
  skipToContent: '본문으로 건너뛰기',
  loading: '불러오는 중',
  retry: '다시 시도',
  close: '닫기',

  nav: {
    label: '주요 화면',
    dashboard: '홈',
    energy: '에너지',
    assistant: 'AI',
    community: '커뮤니티',
    rewards: '리워드',
    settings: '설정',
  },
  broken: {
    title: '화면을 표시하지 못했어요',
    text: '페이지를 새로 고쳐 주세요. 계속되면 고객센터에 알려 주세요.',
    reload: '새로 고침',
  },

  household: {
    switch: '집 선택',
    loading: '우리 집을 찾고 있어요…',
    unproven: '거주 확인 전',
  },

  freshness: {
    live: '실시간',
    minutesAgo: (minutes: number) => `${minutes}분 전`,
    delayed: '지연',
    offline: '오프라인',
    unknown: '확인 중',
    none: '값 없음',
    since: (time: string) => `마지막 값 ${time}`,
  },
  ago: {
    now: '방금',
    seconds: (n: number) => `${n}초 전`,
    minutes: (n: number) => `${n}분 전`,
    hours: (n: number) => `${n}시간 전`,
    days: (n: number) => `${n}일 전`,
  },
  clock: (hour: number, minute: string) =>
    `${hour < 12 ? '오전' : '오후'} ${hour % 12 === 0 ? 12 : hour % 12}:${minute}`,
  date: (month: number, day: number, weekday: number) => `${month}월 ${day}일 (${WEEKDAYS[weekday] ?? ''})`,
  dayOfMonth: (month: number, day: number) => `${month}월 ${day}일`,
  month: (year: number, month: number) => `${year}년 ${month}월`,
  year: (year: number) => `${year}년`,
  lastSeen: (time: string, ago: string) => `마지막 수신 ${time} · ${ago}`,
  late: (moment: string) => `${moment}에 받은 값이에요.`,
  neverSeen: '아직 수신한 값이 없어요',

  quality: { good: '측정값', estimated: '추정값', missing: '일부 누락', bad: '확인 필요' } satisfies Record<
    Quality,
    string
  >,
  origin: {
    demo: '데모',
    simulated: '데모 · 시뮬레이션으로 만든 값',
    replayed: (country: string) => `데모 · ${country}의 실제 가구 기록을 재생한 값`,
  },
  /** the short name of a country as the recorded homes write it, without the part in brackets */
  country: (name: string): string => COUNTRIES[name.replace(/ \(.*\)$/, '')] ?? name,

  now: {
    title: '현재 전력',
    spoken: (kw: string, ago: string) => `현재 전력 ${kw}킬로와트, ${ago} 들어온 값이에요.`,
    spokenSilent: (kw: string, time: string) =>
      `지금은 값이 들어오지 않아요. 마지막 값은 ${time}에 ${kw}킬로와트였어요.`,
    spokenUnknown: '지금은 전력을 알 수 없어요.',
    read: '지금 값 읽기',
    readLimit: '1분에 한 번 읽을 수 있어요',
    empty: { title: '아직 계량기가 없어요', text: '계량기를 연결하면 지금 쓰는 전력이 바로 여기에 나타나요.' },
    silent: '값이 오지 않아요.',
    unknown: '값이 없는 기기가 있어요.',
    unknownAge: '알 수 없음',
    connect: '연결',
  },
  /** titles of the cards that are fetched after the first ones */
  later: {
    savedToday: '오늘 절약',
    co2: 'CO₂',
    score: '효율 등급',
    bill: '이번 달 요금',
    day: '최근 24시간',
    flows: '전력 흐름',
    assistant: 'AI 추천',
    saved: '어제의 절약',
    environment: '실내 환경',
    devices: '기기',
  },

  banner: {
    offline: '인터넷에 연결되어 있지 않아요. 마지막으로 받은 값을 보여 드려요.',
    unreachable: '서버에 연결하지 못하고 있어요. 마지막으로 받은 값을 보여 드려요.',
    failing: '새 값을 가져오지 못하고 있어요. 마지막으로 받은 값을 보여 드려요.',
  },
  failure: {
    'signed-out': { title: '로그인 상태가 끝났어요', text: '로그아웃한 뒤 다시 로그인해 주세요.' },
    'no-permission': { title: '볼 수 있는 권한이 없어요', text: '집 대표자에게 권한을 요청해 주세요.' },
    'not-found': { title: '찾을 수 없어요', text: '삭제되었거나 볼 수 있는 권한이 없어요.' },
    refused: { title: '요청을 처리하지 못했어요', text: '페이지를 새로 고친 뒤 다시 시도해 주세요.' },
    'too-many': { title: '요청이 너무 많아요', text: '잠시 뒤 저절로 다시 시도해요.' },
    unreachable: { title: '연결하지 못했어요', text: '인터넷 연결을 확인해 주세요. 연결되면 저절로 다시 시도해요.' },
    unavailable: { title: '값을 가져오지 못했어요', text: '서비스에 문제가 생겼어요. 잠시 뒤 저절로 다시 시도해요.' },
    unreadable: { title: '값을 읽지 못했어요', text: '앱이 오래되었을 수 있어요. 페이지를 새로 고쳐 주세요.' },
  } satisfies Record<ErrorKind, { title: string; text: string }>,
};

const COUNTRIES: Record<string, string> = {
  Australia: '호주',
  France: '프랑스',
  'United Kingdom': '영국',
  'United States': '미국',
};
