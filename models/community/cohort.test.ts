import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cohortsOf, MAX_COHORT, MAX_SHARE_PERCENT, MIN_COHORT, type Member } from './cohort.ts';

const homes = (count: number, segment = 'Mapo/apartment', expectedWh = 300_000): Member[] =>
  Array.from({ length: count }, (_, i) => ({
    member: `${segment}#${String(i).padStart(5, '0')}`,
    segment,
    expectedWh,
  }));

describe('cohorts', () => {
  test('19 homes of a kind are hidden, 20 are shown', () => {
    const { cohorts, hidden } = cohortsOf([...homes(19, 'small'), ...homes(20, 'enough')]);
    expect(cohorts.map(({ id, members }) => [id, members.length])).toEqual([['enough/1', 20]]);
    expect(hidden).toHaveLength(19);
    expect(hidden[0]).toMatchObject({ reason: 'cohort-too-small' });
  });

  test.each([1, 5, 19])('of %i homes none is told that it is too large: they are too few', (count) => {
    const { hidden } = cohortsOf(homes(count));
    expect(hidden.map(({ reason }) => reason)).toEqual(Array.from({ length: count }, () => 'cohort-too-small'));
  });

  test('2,001 homes become two cohorts of a thousand, not one of 2,000 and one alone', () => {
    const { cohorts } = cohortsOf(homes(2001));
    expect(cohorts.map(({ members }) => members.length)).toEqual([1000, 1001]);
  });

  test('a home of more than 15 % of the total is set aside and the others keep their board', () => {
    const large: Member = { member: 'large', segment: 'Mapo/apartment', expectedWh: 3_000_000 };
    const { cohorts, hidden } = cohortsOf([...homes(20), large]);
    expect(hidden).toEqual([{ member: 'large', reason: 'share-too-large' }]);
    expect(cohorts[0]!.members).toHaveLength(20);
    expect(cohortsOf([...homes(19), large]).cohorts).toEqual([]);
  });

  test('each home is in one cohort or hidden, and each cohort keeps the limits', () => {
    const member = fc.record({
      segment: fc.constantFrom('a', 'b'),
      expectedWh: fc.oneof(fc.nat(1000), fc.nat(100_000)),
    });
    fc.assert(
      fc.property(fc.array(member, { maxLength: 120 }), (some) => {
        const all = some.map((one, i) => ({ ...one, member: `m${i}` }));
        const { cohorts, hidden } = cohortsOf(all);
        const placed = [...cohorts.flatMap(({ members }) => members), ...hidden].map((one) => one.member);
        expect(placed.toSorted()).toEqual(all.map((one) => one.member).toSorted());
        for (const { members } of cohorts) {
          const total = members.reduce((sum, { expectedWh }) => sum + expectedWh, 0);
          const largest = Math.max(...members.map(({ expectedWh }) => expectedWh));
          expect(largest * 100).toBeLessThanOrEqual(total * MAX_SHARE_PERCENT);
          expect(members.length).toBeGreaterThanOrEqual(MIN_COHORT);
          expect(members.length).toBeLessThanOrEqual(MAX_COHORT);
        }
      }),
    );
  });
});
