import { addDays, localDate } from '@hems/models/calendar/seoul';
import { ko as community } from '@hems/shared/i18n/ko/community';
import { ko as forecast } from '@hems/shared/i18n/ko/forecast';
import { ko as plan } from '@hems/shared/i18n/ko/plan';
import { ko as settings } from '@hems/shared/i18n/ko/settings';

/** Which screens `npm run screens` takes, of which home, how. */

export const YESTERDAY = addDays(localDate(Date.now()), -1);

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 860 };

export type Look = { readonly lang: 'ko' | 'en'; readonly theme: 'light' | 'dark'; readonly size: typeof PHONE };
export const KOREAN: Look = { lang: 'ko', theme: 'light', size: PHONE };
export const DARK: Look = { ...KOREAN, theme: 'dark' };
export const WIDE: Look = { ...KOREAN, size: DESKTOP };
export const ENGLISH: Look = { ...KOREAN, lang: 'en' };

export const HOUSE = '데모 주택 태양광·배터리';
export const FLAT = '데모 아파트 84㎡';
export type Homes = Readonly<Record<typeof HOUSE | typeof FLAT, string>>;
/** What the addresses of the screens have in them. */
export type Ids = { readonly homes: Homes; readonly sensor: string; readonly entry: string };

export type Screen = {
  readonly name: string;
  /** behind the address of the home, or the whole address where there is none */
  readonly path: string | ((ids: Ids) => string);
  readonly home?: keyof Homes;
  /** the heading of the page, without which the screen is not there */
  readonly heading: string | RegExp;
  /** a card that has to be there with something in it; absent: a page without cards */
  readonly card?: string | RegExp;
  /** further down: what the card shows */
  readonly isAtCard?: true;
  readonly looks: readonly Look[];
};

const PAGES = ['members', 'access', 'exports', 'erase'] as const;
/** announced for the pictures */
export const EVENT = 'screens-event';

/** Each by the home that shows most of it. */
export const SCREENS: readonly Screen[] = [
  {
    name: 'dashboard',
    path: '',
    home: HOUSE,
    heading: '주택 태양광·배터리',
    card: /^(최근 24시간|Last 24 hours)$/,
    looks: [KOREAN, DARK, ENGLISH, WIDE],
  },
  {
    name: 'dashboard-flow',
    path: '',
    home: HOUSE,
    heading: '주택 태양광·배터리',
    card: /흐름/,
    isAtCard: true,
    looks: [KOREAN],
  },
  {
    name: 'energy-day',
    path: () => `/energy?scope=day&date=${YESTERDAY}`,
    home: HOUSE,
    heading: '에너지 사용량',
    card: '사용량 합계',
    looks: [KOREAN, DARK, WIDE],
  },
  {
    name: 'energy-year',
    path: '/energy?scope=year&compare=year',
    home: FLAT,
    heading: '에너지 사용량',
    card: '사용량 합계',
    looks: [KOREAN, WIDE],
  },
  {
    name: 'device',
    path: ({ sensor }) => `/energy/devices/${sensor}`,
    home: HOUSE,
    heading: '공기질 센서',
    card: '온도',
    looks: [KOREAN],
  },
  { name: 'bill', path: '/bill', home: FLAT, heading: '전기요금', card: '지금까지의 요금', looks: [KOREAN, WIDE] },
  {
    name: 'assistant',
    path: '/assistant',
    home: FLAT,
    heading: 'AI 어시스턴트',
    card: /다음 1시간 예측|맞춤 추천/,
    looks: [KOREAN],
  },
  {
    name: 'assistant-forecast',
    path: '/assistant/forecast',
    home: FLAT,
    heading: 'AI 어시스턴트',
    card: forecast.hours,
    looks: [KOREAN, WIDE],
  },
  {
    name: 'assistant-plan',
    path: '/assistant/plan',
    home: HOUSE,
    heading: 'AI 어시스턴트',
    card: plan.plan,
    looks: [KOREAN],
  },
  {
    name: 'community',
    path: '/community',
    home: FLAT,
    heading: '커뮤니티',
    card: community.board,
    looks: [KOREAN, WIDE],
  },
  { name: 'rewards', path: '/rewards', home: FLAT, heading: '리워드', card: '적립 내역', looks: [KOREAN, WIDE] },
  {
    name: 'rewards-programmes',
    path: '/rewards/programmes',
    home: FLAT,
    heading: '리워드',
    card: '우리 집 맞춤 절전 목표',
    looks: [KOREAN],
  },
  {
    name: 'rewards-evidence',
    path: ({ entry }) => `/rewards/entries/${encodeURIComponent(entry)}`,
    home: FLAT,
    heading: '적립 근거',
    card: '커뮤니티 챌린지',
    looks: [KOREAN],
  },
  { name: 'inbox', path: '/inbox', heading: '알림함', card: '알림', looks: [KOREAN] },
  { name: 'settings', path: '/settings', home: FLAT, heading: '설정', card: settings.home, looks: [KOREAN] },
  {
    name: 'settings-devices',
    path: '/settings/devices',
    home: FLAT,
    heading: settings.pages.devices.title,
    card: settings.devices.add,
    looks: [KOREAN],
  },
  {
    name: 'settings-consents',
    path: '/settings/consents',
    home: FLAT,
    heading: settings.pages.consents.title,
    card: /사용 분석/,
    looks: [KOREAN],
  },
  { name: 'rewards-events', path: '/rewards/events', home: FLAT, heading: '리워드', looks: [KOREAN] },
  { name: 'rewards-event', path: `/rewards/events/${EVENT}`, home: FLAT, heading: /.+/, looks: [KOREAN] },
  { name: 'onboarding', path: '/onboarding', home: FLAT, heading: /.+/, looks: [KOREAN] },
  ...PAGES.map((page): Screen => ({
    name: `settings-${page}`,
    path: `/settings/${page}`,
    home: FLAT,
    heading: settings.pages[page].title,
    looks: [KOREAN],
  })),
  { name: 'joining', path: '/join', heading: /.+/, looks: [KOREAN, WIDE] },
  { name: 'account', path: '/account', heading: settings.account.title, looks: [KOREAN] },
  { name: 'erase-account', path: '/erase-account', heading: settings.eraseAccount.title, looks: [KOREAN] },
  { name: 'notice-settings', path: '/inbox/settings', heading: /.+/, looks: [KOREAN] },
];
