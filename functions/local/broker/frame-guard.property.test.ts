import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packetLengths } from './frame-guard.ts';

const LIMIT = 300;

const packet = (bytes: number): number[] => {
  const length: number[] = [];
  let rest = bytes;
  do {
    length.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return [0x32, ...length, ...Array.from({ length: bytes }, () => 0xff)];
};

const inChunks = (bytes: readonly number[], cuts: readonly number[]): Uint8Array[] => {
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return edges.slice(1).map((edge, at) => Uint8Array.from(bytes.slice(edges[at], edge)));
};

describe('the packet lengths of a stream', () => {
  test('are read the same however the network cuts the stream', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: LIMIT }), { maxLength: 20 }),
        fc.option(fc.integer({ min: LIMIT + 1, max: 40_000 }), { nil: undefined }),
        fc.array(fc.nat(), { maxLength: 30 }),
        (allowed, over, cuts) => {
          const lengths = over === undefined ? allowed : [...allowed, over];
          const watch = packetLengths(LIMIT);
          const verdicts = inChunks(lengths.flatMap(packet), cuts).map(watch);
          const refused = verdicts.find((verdict) => verdict !== undefined);
          expect(refused === undefined).toBe(over === undefined);
        },
      ),
    );
  });

  test('are refused from the header alone, body not needed', () => {
    expect(packetLengths(LIMIT)(Uint8Array.from([0x32, 0xff, 0xff, 0xff, 0x7f]))).toBeGreaterThan(LIMIT);
  });

  test('of a header that never ends are refused', () => {
    expect(packetLengths(2 ** 28)(new Uint8Array(8).fill(0xff))).toBeGreaterThan(2 ** 28);
  });
});
