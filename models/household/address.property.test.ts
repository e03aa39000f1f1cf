import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalAddress } from './address.ts';

/** Small ranges, so that numbers that run together to the same digits are drawn often. */
const number = fc.integer({ min: 1, max: 130 }).map(String);
const either = (text: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), text);
const branch = fc
  .tuple(number, fc.constantFrom('', '번', '가', '나', '하', '안', '번안'))
  .map(([n, kind]) => `${n}${kind}길`);

/** A home by its parts: any two that differ in one are two homes. */
const home = fc.record({
  road: fc.constantFrom('와우산로', '와우산길', '종로', '로길'),
  branch: either(branch),
  below: fc.constantFrom('', '지하'),
  number,
  sub: either(number),
  tail: fc.constantFrom('', '', '', ' 가동', ' 나동', ' 2층', ' 가', ' 길 5', ' (가동)', ' (나동)'),
  tower: either(fc.oneof(number, fc.constantFrom('가', '나', 'b'))),
  floor: either(number),
  flat: either(number),
});
type Home = typeof home extends fc.Arbitrary<infer T> ? T : never;

type Way = { readonly isTight: boolean; readonly isWide: boolean; readonly district: string };
const way = fc.record({
  isTight: fc.boolean(),
  isWide: fc.boolean(),
  district: fc.constantFrom('', '서울 마포구 ', '서울특별시 마포구 ', '경기도 성남시 분당구 ', '나주시 금천면 '),
});

const wide = (text: string): string =>
  text.replaceAll(/[\d-]/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0));
const part = (text: string, mark: string): string => (text === '' ? '' : `${text}${mark}`);

const written = (one: Home, { isTight, isWide, district }: Way): string => {
  const space = isTight ? '' : ' ';
  const numbers = `${one.below}${one.number}${one.sub && `-${one.sub}`}`;
  // a road's own number must not run into the number of its building
  const address = `${one.tail === '' ? district : ''}${one.road}${one.branch}${space}${numbers}${one.tail}`;
  const unit = [part(one.tower, '동'), part(one.floor, '층'), part(one.flat, '호')].filter(Boolean).join(space);
  const [a, u] = isWide ? [wide(address), wide(unit)] : [address, unit];
  return normalAddress({ address: a, unit: u, postalCode: '04053' });
};
const PLAIN: Way = { isTight: false, isWide: false, district: '' };

const differs = fc.tuple(
  home,
  home,
  fc.constantFrom(...(['road', 'branch', 'below', 'number', 'sub', 'tail', 'tower', 'floor', 'flat'] as const)),
);

test('homes that differ in a branch, number, sub-number, 동, 층, 호 or in what stands behind are two, however each is written', () => {
  fc.assert(
    fc.property(differs, way, way, ([one, other, field], a, b) => {
      const near: Home = { ...one, [field]: other[field] };
      fc.pre(near[field] !== one[field]);
      expect(written(near, a)).not.toBe(written(one, b));
    }),
    { numRuns: 3000 },
  );
});

test('any two homes are two', () => {
  fc.assert(
    fc.property(home, home, way, way, (one, other, a, b) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      expect(written(one, a)).not.toBe(written(other, b));
    }),
    { numRuns: 3000 },
  );
});

test('a home with nothing behind its number is one, with and without spaces, districts and full-width digits', () => {
  fc.assert(
    fc.property(home, way, (drawn, a) => {
      const one: Home = { ...drawn, tail: '' };
      expect(written(one, a)).toBe(written(one, PLAIN));
    }),
    { numRuns: 2000 },
  );
});
