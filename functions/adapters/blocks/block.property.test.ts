import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation } from '@hems/models/reading/point';
import { EMPTY, merge, samplesOf, type Block } from './block.ts';

const START = 1_767_582_000_000;

/** What a gateway may say within a quarter hour: few moments and few (boot, seq), so that corrections and conflicts are many. */
const observation: fc.Arbitrary<Observation> = fc.record({
  ts: fc.integer({ min: 0, max: 5 }).map((minute) => START + minute * 60_000),
  boot: fc.integer({ min: 1, max: 2 }),
  seq: fc.integer({ min: 1, max: 3 }),
  q: fc.constantFrom(0, 2, 64),
  quantities: fc.record({ power_w: fc.integer({ min: 0, max: 3 }), voltage_mv: fc.constantFrom(220_000, undefined) }),
});

const said = ({ block }: { block: Block }) =>
  (['power_w', 'voltage_mv'] as const).map((quantity) => samplesOf(block, quantity, START));

test('any order, grouping and repetition of what was said in a quarter hour makes the same history', () => {
  const history = fc.array(observation, { maxLength: 20 });
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), (observations, random) => {
      const shuffled = [...observations, ...observations]
        .map((one) => ({ one, at: random.next().value }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ one }) => one);
      let block = EMPTY;
      while (shuffled.length > 0) block = merge(block, shuffled.splice(0, 1 + (random.next().value % 4)), START).block;
      expect(said({ block })).toEqual(said(merge(EMPTY, observations, START)));
      expect(merge(block, observations, START).changed).toBe(false);
    }),
  );
});
