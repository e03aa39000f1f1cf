import { PROVINCES, type Province } from '../ports/weather.ts';

/** How a region may begin: the short names, the full ones, and those before a province became a special self-governing one. */
const NAMES: Record<Province, readonly string[]> = {
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
};
/** What may follow the short name within the first word. */
const SUFFIX = /^(?:특별시|광역시|특별자치시|특별자치도|도|시)?$/;

const isNamed = (word: string, name: string): boolean => word.startsWith(name) && SUFFIX.test(word.slice(name.length));

/**
 * The province in which a region lies, by its first word: "서울특별시 마포구", "경기 성남시", "seoul-mapo", "Seoul Mapo-gu".
 * Undefined where it does not begin with one; a district alone (중구) may lie in six of them.
 */
export const provinceOf = (region: string): Province | undefined => {
  const [word = ''] = region
    .trim()
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return PROVINCES.find((province) => word === province || NAMES[province].some((name) => isNamed(word, name)));
};
