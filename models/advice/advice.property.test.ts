import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../calendar/seoul.ts';
import { DEVICE_KINDS } from '../device/kinds.ts';
import { ASSUMED_SUPPLY } from '../household/supply.ts';
import { randomFrom, seedOf } from '../testing/random.ts';
import { DISCOUNT_CODES } from '../tariff/rows/deductions.ts';
import type { AdviceHome } from './advice-home.ts';
import { AT_MOST, choose } from './choose.ts';
import { ADVICE_ANSWERS, ADVICE_CAUSES, RULE_CODES } from './codes.ts';
import { candidatesOf, LEAST_WON, RULES } from './rules.ts';
import { safeguardOf, type Outlook } from './safeguard.ts';
import { adviceDays } from './testing/advice-home.ts';
import { viewOf } from './view.ts';

const contract = fc.record({
  voltage: fc.constantFrom('low', 'high'),
  plan: fc.oneof(
    fc.constant({ plan: 'progressive' }),
    fc.record({ plan: fc.constant('tou'), contractKw: fc.integer({ min: 1, max: 8 }) }),
  ),
  readingDay: fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant('month-end')),
  discounts: fc.uniqueArray(fc.constantFrom(...DISCOUNT_CODES), { maxLength: 2 }),
  netMetering: fc.boolean(),
  region: fc.constantFrom('jeju', 'mainland', undefined),
});

/** Anything that may be lived: quiet and loud nights, evenings of their own, roofs, gaps, heat or cold in the use. */
const home = fc
  .record({
    seed: fc.nat(),
    today: fc.nat({ max: 400 }).map((days) => addDays('2026-03-01', days)),
    count: fc.integer({ min: 18, max: 90 }),
    base: fc.constantFrom(40, 500, 600, 900),
    perDegree: fc.integer({ min: -200, max: 400 }),
    roofW: fc.constantFrom(0, 0, 1000, 4000),
    gaps: fc.constantFrom(0, 0, 0, 0.002),
    contract,
    contractAssumed: fc.boolean(),
    kinds: fc.subarray([...DEVICE_KINDS]),
    automationIsOn: fc.boolean(),
    middleKwh: fc.option(fc.integer({ min: 0, max: 900 })),
    plugW: fc.option(fc.integer({ min: 0, max: 60 })),
  })
  .map(({ seed, today, count, base, perDegree, roofW, gaps, middleKwh, plugW, kinds, ...rest }): AdviceHome => {
    const random = randomFrom(seedOf('advice', seed));
    const meanCdegc = new Map(
      Array.from({ length: count }, (_, i) => [addDays(today, -1 - i), Math.round(-800 + random() * 3800)]),
    );
    const days = adviceDays({
      today,
      count,
      load: (date, hour) =>
        base * (0.4 + 0.2 * random()) +
        (hour > 16 ? 400 * random() : 0) +
        (perDegree * Math.max(0, 1500 - (meanCdegc.get(date) ?? 0))) / 2400 +
        hour,
      ...(roofW > 0 && { solar: (_: string, hour: number) => (hour > 8 && hour < 16 ? roofW * random() : 0) }),
      fromBatteryWh: Math.round(random() * 6000),
    }).map((day) => ({ ...day, importWh: day.importWh.map((wh) => (random() < gaps ? null : wh)) }));
    const usedKwh = Math.floor((middleKwh ?? 0) * random());
    return {
      ...rest,
      carriedKwh: null,
      contract: { ...ASSUMED_SUPPLY, ...rest.contract },
      today,
      days,
      meanCdegc,
      kinds: new Set(kinds),
      plugs:
        plugW === null
          ? []
          : [
              {
                deviceId: 'plug-1',
                hoursWh: Array.from({ length: 168 }, (_, i) => (i % 24 > 20 - (i % 5) ? 200 : plugW)),
              },
            ],
      period:
        middleKwh === null
          ? null
          : {
              from: today,
              to: addDays(today, 20),
              usedKwh,
              lowKwh: Math.max(usedKwh, middleKwh - 10),
              middleKwh,
              tierLimitsKwh: [200, 400],
            },
    };
  });

const extremes = fc.option(
  fc
    .tuple(fc.integer({ min: -2500, max: 3900 }), fc.integer({ min: 0, max: 1500 }))
    .map(([minCdegc, range]) => ({ minCdegc, maxCdegc: minCdegc + range })),
);
const anyOutlook: fc.Arbitrary<Outlook> = fc.record({
  alerts: fc.option(fc.subarray(['heat-wave', 'cold-wave'] as const)),
  today: extremes,
  tomorrow: extremes,
});
const FINE = { minCdegc: 500, maxCdegc: 1500 };
const outlook: fc.Arbitrary<Outlook> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ alerts: [], today: FINE, tomorrow: FINE }) },
  { weight: 1, arbitrary: anyOutlook },
);
const answered = fc.array(
  fc.record({
    adviceId: fc.string(),
    rule: fc.constantFrom(...RULE_CODES),
    deviceId: fc.constantFrom(null, 'plug-1'),
    answer: fc.constantFrom(...ADVICE_ANSWERS),
    cause: fc.option(fc.constantFrom(...ADVICE_CAUSES)),
    onDate: fc.constantFrom('2025-06-01', '2026-05-01', '2026-11-01'),
    lowWon: fc.integer({ min: 500, max: 5000 }),
  }),
  { maxLength: 4 },
);

test('of any home at most three suggestions come, each an ordered range above the least gain, none of comfort under a safeguard', () => {
  let shown = 0;
  fc.assert(
    fc.property(home, outlook, fc.constantFrom(true, false, false), answered, (one, weather, isVulnerable, said) => {
      const safeguard = safeguardOf({ isVulnerable, outlook: weather }, one.today);
      const chosen = choose(candidatesOf(viewOf(one)), { safeguard, answered: said, today: one.today });
      shown += chosen.length;
      expect(chosen.length).toBeLessThanOrEqual(AT_MOST);
      expect(new Set(chosen.map(({ rule }) => rule)).size).toBe(chosen.length);
      for (const { rule, wonPerMonth, data } of chosen) {
        const { low, high } = wonPerMonth;
        expect([low, high, ...data.map(({ value }) => value)].every(Number.isInteger)).toBe(true);
        expect(low).toBeGreaterThanOrEqual(LEAST_WON);
        expect(high).toBeGreaterThanOrEqual(low);
        const isComfort = ['warmth', 'whole-home'].includes(RULES[rule].touches);
        if (isVulnerable || safeguard.shown !== null) expect(isComfort).toBe(false);
        if (isVulnerable) expect(RULES[rule].touches).toBe('nothing');
      }
    }),
    { numRuns: 200 },
  );
  // the homes are such that much is suggested: nothing suggested would pass everything above
  expect(shown).toBeGreaterThan(5);
});
