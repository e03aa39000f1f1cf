import * as z from 'zod/mini';

/** The 17 provinces and metropolitan cities 시·도, each with how it is written short, and what else its first word may be. */
const NAMES = {
  seoul: ['서울'],
  busan: ['부산'],
  daegu: ['대구'],
  incheon: ['인천'],
  gwangju: ['광주'],
  daejeon: ['대전'],
  ulsan: ['울산'],
  sejong: ['세종'],
  gyeonggi: ['경기'],
  gangwon: ['강원'],
  chungbuk: ['충북', '충청북도'],
  chungnam: ['충남', '충청남도'],
  jeonbuk: ['전북', '전라북도'],
  jeonnam: ['전남', '전라남도'],
  gyeongbuk: ['경북', '경상북도'],
  gyeongnam: ['경남', '경상남도'],
  jeju: ['제주'],
} as const;
export type Province = keyof typeof NAMES;

const isProvince = (word: string): word is Province => Object.hasOwn(NAMES, word);
export const PROVINCES: readonly Province[] = Object.keys(NAMES).filter(isProvince);

/** What may follow the short name within the first word. */
const SUFFIX = /^(?:특별시|광역시|특별자치시|특별자치도|자치도|도|시)?$/;
const isNamed = (word: string, name: string): boolean => word.startsWith(name) && SUFFIX.test(word.slice(name.length));
const provinceNamed = (word: string): Province | undefined =>
  PROVINCES.find((province) => NAMES[province].some((name) => isNamed(word, name)));

/**
 * The province in which a region lies, by its first word: "서울특별시 마포구", "경기 성남시", "seoul-mapo", "Seoul Mapo-gu".
 * Undefined where it does not begin with one; a district alone (중구) may lie in six of them.
 */
export const provinceOf = (region: string): Province | undefined => {
  const [word = ''] = region
    .trim()
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return isProvince(word) ? word : provinceNamed(word);
};

/** 시·군·구, or a district of a city 시 구; the longest are 마산합포구 and 남양주시. */
const DISTRICT = /^(?:[가-힣]{1,4}[시군구]|[가-힣]{1,3}시 [가-힣]{1,4}구)$/u;
const MAX_LENGTH = 30;

/** Province and district, a province as its short name: homes of one district are compared, however its people write it. */
export const shortRegion = (region: string): string | undefined => {
  const [first = '', ...rest] = region.normalize('NFC').trim().split(/\s+/u);
  const province = provinceNamed(first);
  if (!province) return undefined;
  const [short] = NAMES[province];
  // the only province without districts
  if (province === 'sejong') return rest.length === 0 ? short : undefined;
  return DISTRICT.test(rest.join(' ')) ? [short, ...rest].join(' ') : undefined;
};

/** 시도 and 시군구 and nothing else: it is part of keys, so no road and no name of a person may get into it. */
export const region = z.string().check(
  z.trim(),
  z.maxLength(MAX_LENGTH),
  z.refine((text) => shortRegion(text) !== undefined, 'say the province and the district only, such as 서울 마포구'),
);
