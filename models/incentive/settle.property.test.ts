import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Use } from '../baseline/baseline.ts';
import { candidateDays } from '../baseline/candidate-days.ts';
import { APPLICATION_STATES, mayMove } from './application.ts';
import { spellsOf, type Step } from './enrolment.ts';
import { freezeEventUse, planEvent, rulingOf } from './event-inputs.ts';
import { settlementInputs, type SettlementInputs } from './inputs.ts';
import type { NotSettled } from './programme.ts';
import type { Settled } from './reward.ts';
import { freezeCarbonHalf } from './settle-carbon.ts';
import { freezeCashback } from './settle-cashback.ts';
import { settleInputs } from './settle.ts';

const use = fc.record({
  wh: fc.integer({ min: 0, max: 2_000_000 }),
  quality: fc.oneof(
    { arbitrary: fc.constant('good' as const), weight: 40 },
    { arbitrary: fc.constantFrom('estimated' as const, 'bad' as const), weight: 1 },
  ),
});
const monthsOf = (years: readonly number[]): string[] =>
  years.flatMap((year) => Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`));
const known = fc.array(fc.option(use, { freq: 40 }), { minLength: 48, maxLength: 48 }).map(
  (uses) =>
    new Map(
      monthsOf([2023, 2024, 2025, 2026]).flatMap((month, i): [string, Use][] => {
        const one = uses[i];
        return one ? [[month, one]] : [];
      }),
    ),
);

const DATE = '2026-10-14';
const { dates } = candidateDays({ eventDate: DATE, earlierEventDates: new Set() }, 20);
const PROGRAMMES = ['apartment-mission', 'national-dr', 'per-home-dr-target'] as const;
const eventInputs = fc
  .record({
    programme: fc.constantFrom(...PROGRAMMES),
    hours: fc.integer({ min: 1, max: 3 }),
    uses: fc.array(fc.option(use, { freq: 60 }), { minLength: 80, maxLength: 80 }),
  })
  .map(({ programme, hours, uses }): SettlementInputs | NotSettled => {
    const event = { eventId: 'e', programme, date: DATE, fromHour: 18, toHour: 18 + hours };
    const ruling = rulingOf(event, 'max-4-of-5');
    if ('status' in ruling) return ruling;
    const useAt = (date: string, hour: number): Use | undefined =>
      uses[((date === DATE ? 0 : 1 + dates.indexOf(date)) * 3 + hour) % uses.length] ?? undefined;
    const frozen = freezeEventUse(planEvent(event, ruling, new Set()), useAt);
    if (programme === 'apartment-mission') return { programme, ...frozen, successesBefore: hours };
    return programme === 'national-dr' ? { programme, ...frozen } : { programme, ...frozen, points: 100 * hours };
  });

const inputs = fc.oneof(
  fc.tuple(known, fc.constantFrom(...monthsOf([2025, 2026]))).map(([months, month]) => freezeCashback(months, month)),
  fc
    .tuple(known, fc.constantFrom('2025-H1' as const, '2026-H2' as const), fc.integer({ min: 0, max: 4 }))
    .map(([months, half, wins]) => freezeCarbonHalf(months, half, wins)),
  eventInputs,
);

const worth = (answer: Settled | NotSettled): number =>
  'reward' in answer && answer.reward.status === 'reward' ? answer.reward.amount : 0;

test('frozen inputs give the same answer again after JSON, and a reward is whole, never negative, and the sum of its lines', () => {
  fc.assert(
    fc.property(inputs, (frozen) => {
      if ('status' in frozen) return;
      const answer = settleInputs(frozen);
      expect(settleInputs(settlementInputs.parse(JSON.parse(JSON.stringify(frozen))))).toEqual(answer);
      if (!('reward' in answer) || answer.reward.status !== 'reward') return;
      const { amount, lines } = answer.reward;
      expect(Number.isSafeInteger(amount) && amount >= 0).toBe(true);
      expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(amount);
    }),
  );
});

test('who uses less earns no less', () => {
  fc.assert(
    fc.property(inputs, fc.integer({ min: 0, max: 100 }), (frozen, percent) => {
      if ('status' in frozen) return;
      const less = (one: Use): Use => ({ ...one, wh: Math.floor((one.wh * percent) / 100) });
      const saving: SettlementInputs =
        'use' in frozen
          ? {
              ...frozen,
              use: Object.fromEntries(
                Object.entries(frozen.use).map(([month, one]) => [month, month >= lastYear(frozen) ? less(one) : one]),
              ),
            }
          : { ...frozen, hours: frozen.hours.map((hour) => ({ ...hour, actual: hour.actual && less(hour.actual) })) };
      expect(worth(settleInputs(saving))).toBeGreaterThanOrEqual(worth(settleInputs(frozen)));
    }),
  );
});
const lastYear = ({ period }: { period: string }): string => `${period.slice(0, 4)}-01`;

const day = (i: number): string =>
  `2026-${String(1 + Math.floor(i / 28)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`;
/** What the use cases allow of an application. */
const mayFollow = (now: Step['state'], next: Step['state']): boolean => {
  if (now === 'withdrawn' || now === 'rejected') return next === 'applied';
  if (next === 'withdrawn') return true;
  return now !== 'enrolled' && next !== 'enrolled' && mayMove(now, next);
};

test('however an enrolment goes, the home takes part only while it was granted, and never in two spells of one day', () => {
  const wishes = fc.array(fc.constantFrom<Step['state'][]>('applied', 'withdrawn', ...APPLICATION_STATES), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(wishes, (wanted) => {
      const history: Step[] = [];
      for (const [i, state] of wanted.entries())
        if (mayFollow(history.at(-1)?.state ?? 'withdrawn', state)) history.push({ state, on: day(i) });
      const spells = spellsOf(history, 'next-day');
      const approvals = history.filter(({ state }) => state === 'approved').map(({ on }) => on);
      expect(spells.map(({ grantedOn }) => grantedOn)).toEqual(approvals);
      const closed = spells.slice(0, -1);
      expect(closed.every(({ to }, i) => to !== null && to < spells[i + 1]!.from)).toBe(true);
    }),
  );
});
