import { describe, expect, test } from 'vitest';
import { normalAddress, type Address } from './address.ts';

const flat = (address: string, unit: string, postalCode = '03925'): Address => ({ address, unit, postalCode });
const HOME = flat('서울특별시 마포구 월드컵북로 21', '101동 1203호');

describe('one flat, as people write it', () => {
  test.each([
    ['the short province', flat('서울 마포구 월드컵북로 21', '101동 1203호')],
    ['no province', flat('월드컵북로 21', '101동 1203호')],
    ['no spaces', flat('월드컵북로21', '101동1203호')],
    ['more spaces', flat('  서울특별시  마포구 월드컵북로  21 ', '101 동  1203 호')],
    ['a comma behind the number', flat('월드컵북로 21,', '101동, 1203호')],
    ['building and flat with a hyphen', flat('월드컵북로 21', '101-1203')],
    ['a hyphen between spaces', flat('월드컵북로 21', '101 - 1203')],
    ['full-width digits and hyphen', flat('월드컵북로 ２１', '１０１－１２０３')],
    ['제 as in the register, and leading zeros', flat('월드컵북로 21', '제101동 제01203호')],
  ])('%s', (_, same) => {
    expect(normalAddress(same)).toBe(normalAddress(HOME));
  });

  test('decomposed Hangul, as some phones send it', () => {
    expect(normalAddress(flat(HOME.address.normalize('NFD'), HOME.unit.normalize('NFD')))).toBe(normalAddress(HOME));
  });

  test.each([
    ['종로구 종로 1', '종로 1'],
    ['경기도 성남시 분당구 불정로 6', '불정로 6'],
    ['부산광역시 해운대구 센텀중앙로 97번길 12-4', '센텀중앙로97번길 12-4'],
    ['서울 마포구 와우산로 29다길 5', '와우산로29다길5'],
    ['월드컵북로6안길 12', '월드컵북로 6안길 12'],
    ['전라남도 나주시 빛가람동로 지하 7 - 2', '나주시 빛가람동로 지하7-2'],
  ])('%s is %s', (long, short) => {
    expect(normalAddress(flat(long, ''))).toBe(normalAddress(flat(short, '')));
  });
});

/** Each group is of homes that are all different, and were once found as one or might be. */
const TOLD_APART: Record<string, readonly Address[]> = {
  'branches of a road': [
    '와우산로 29',
    '와우산로29길 5',
    '와우산로29가길 5',
    '와우산로29다길 5',
    '와우산로29다길 17',
    '와우산로29라길 8',
    '와우산로 295',
    '와우산로2번길 95',
    '와우산로29번길 5',
  ].map((address) => flat(address, '101호', '04053')),
  'an inner road': ['월드컵북로 6', '월드컵북로6길 12', '월드컵북로6안길 12', '월드컵북로6안길 40'].map((address) =>
    flat(address, ''),
  ),
  'lots of a quarter that is named like a road': ['을지로 3', '을지로3가 12', '을지로3가 95', '을지로 312'].map(
    (address) => flat(address, ''),
  ),
  'what stands behind the number': [
    '테헤란로 1',
    '테헤란로 1 가동',
    '테헤란로 1 나동',
    '테헤란로 1 (가동)',
    '테헤란로 1 (나동)',
    '테헤란로 1 101동',
    '테헤란로 1 2층',
    '테헤란로 1 한빛빌라',
    '테헤란로 1 2',
    '테헤란로 1-2',
    '테헤란로 12',
    '테헤란로 1²',
    '테헤란로 지하1',
  ].map((address) => flat(address, '101호')),
  'building, floor and flat': [
    '',
    '101호',
    '1층 101호',
    '1동 101호',
    '1동 1층 101호',
    '1층',
    '1동',
    '1호',
    '101',
    '1-101',
    '101-1',
    '101-1호',
    '101동 1호',
    '10동 11호',
    '1 01호',
    '10 1호',
    '가동 101호',
    '나동 101호',
    'b1층 101호',
    '지하1층 101호',
    'b101호',
  ].map((unit) => flat('월드컵북로 21', unit)),
  'building and flat run together otherwise': ['101동 1203호', '1011동 203호', '10동 11203호'].map((unit) =>
    flat('월드컵북로 21', unit),
  ),
  'postal codes': [flat('월드컵북로 21', '1호', '03925'), flat('월드컵북로 21', '1호', '61001')],
  'what has no road in it': [
    '221B Baker Street',
    '221B Baker Street7',
    '🏠',
    '🏠🏠',
    'שלום רחוב 5',
    '산 1-1',
    '(',
    '',
  ].map((address) => flat(address, '1')),
};

describe('two homes stay two', () => {
  test.each(Object.entries(TOLD_APART))('%s', (_, homes) => {
    const texts = homes.map(normalAddress);
    expect(texts.filter((text, i) => texts.indexOf(text) < i)).toEqual([]);
  });
});
