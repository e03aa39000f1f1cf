import { describe, expect, test } from 'vitest';
import { canonicalHash, canonicalJson } from './canonical-hash.ts';

describe('the hash of a reward’s inputs', () => {
  test('does not depend on the order of the keys, nor on keys that hold nothing', () => {
    const one = { importWh: 9_100, days: [{ date: '2026-10-01', q: 'good' }], note: undefined };
    const other = { days: [{ q: 'good', date: '2026-10-01' }], importWh: 9_100 };
    expect(canonicalJson(one)).toBe('{"days":[{"date":"2026-10-01","q":"good"}],"importWh":9100}');
    expect(canonicalHash(one)).toBe(canonicalHash(other));
  });

  test('depends on the order of a list, on each number, and on null against absent', () => {
    const hashes = [[1, 2], [2, 1], { a: null }, {}, { a: 0 }, { a: '0' }].map(canonicalHash);
    expect(new Set(hashes).size).toBe(6);
  });

  test('is the published SHA-256: of {} it is 44136fa3…', () => {
    expect(canonicalHash({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });

  test.each([NaN, Infinity, [undefined], { a: { b: -Infinity } }, 1n, new Date(0), new Map(), () => 1])(
    'what JSON cannot say throws and says where: %o',
    (value) => {
      expect(() => canonicalHash(value)).toThrow(/^value/);
    },
  );

  test('says the path of the value that cannot be hashed', () => {
    expect(() => canonicalHash({ days: [{ importWh: NaN }] })).toThrow(
      'value.days[0].importWh is NaN, which JSON cannot say',
    );
  });
});
