import { describe, expect, test } from 'vitest';
import { provinceOf, PROVINCES, region, shortRegion } from './region.ts';

describe('a region', () => {
  test.each([
    ['서울특별시 마포구', '서울 마포구'],
    ['서울 마포구', '서울 마포구'],
    [' 서울  마포구 ', '서울 마포구'],
    ['경기도 성남시 분당구', '경기 성남시 분당구'],
    ['경상남도 창원시 마산합포구', '경남 창원시 마산합포구'],
    ['전북특별자치도 전주시', '전북 전주시'],
    ['인천광역시 강화군', '인천 강화군'],
    ['부산 중구', '부산 중구'],
    ['제주특별자치도 서귀포시', '제주 서귀포시'],
    ['세종특별자치시', '세종'],
    ['서울 마포구'.normalize('NFD'), '서울 마포구'],
  ])('"%s" is one, kept as "%s"', (text, short) => {
    expect(region.safeParse(text).success).toBe(true);
    expect(shortRegion(text)).toBe(short);
  });

  test.each([
    '서울 마포구 월드컵북로 21 101동 1203호 김하나',
    '서울 마포구 김하나',
    '서울 김하나',
    '서울',
    '마포구',
    '중구',
    '세종 김하나',
    '세종 한누리대로',
    '월드컵북로 21',
    '경기 성남시 분당구 정자동',
    '경기 분당구 성남시',
    'seoul-mapo',
    'Seoul Mapo-gu',
    '서울 마포구\u202e',
    '서울 1구',
    '서울 가나다라마바사아자차구',
    '',
  ])('"%s" is none: it would become part of a key', (text) => {
    expect(region.safeParse(text).success).toBe(false);
  });
});

test('there are 17 provinces, each found by its own short name', () => {
  expect(PROVINCES).toHaveLength(17);
  const shorts = PROVINCES.map((province) => (province === 'sejong' ? '세종' : province));
  expect(shorts.map(provinceOf)).toEqual(PROVINCES);
});
