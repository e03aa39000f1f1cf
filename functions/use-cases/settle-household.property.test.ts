import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayStart } from '@hems/models/calendar/seoul';
import { sumAmounts } from '@hems/models/ledger/entry';
import { agree } from '../testing/agree.ts';
import { bothBalances } from './audit-balances.ts';
import { monthOfDays } from '../testing/past-use.ts';
import { aWorld } from '../testing/world.ts';
import { recompute } from './programmes/recompute.ts';
import { settleHousehold } from './settle-household.ts';
import { putDays } from './stores/days.ts';
import { enrolmentPut } from './stores/enrolments.ts';
import { readInputs, readPeriod } from './stores/ledger.ts';

const PROGRAMME = 'energy-cashback';
const approved = {
  programme: PROGRAMME,
  state: 'approved',
  from: '2026-05-01',
  withdrawnOn: null,
  answers: {},
  history: [
    { state: 'applied', on: '2026-05-10' },
    { state: 'under-review', on: '2026-05-11' },
    { state: 'approved', on: '2026-05-12' },
  ],
} as const;
const REST_KWH = 180;
const ENROLMENT = { ...approved, history: [...approved.history] };

/** What May says when a run looks at it, how many days after its end that is, and how many runs look at once. */
const look = fc.record({
  kwh: fc.integer({ min: 200, max: 360 }),
  isBad: fc.boolean(),
  daysAfter: fc.integer({ min: 0, max: 40 }),
  atOnce: fc.integer({ min: 1, max: 2 }),
});

/** From the documented table: the base of 30 won and the tier, to 30 % of 350 kWh. */
const wonFor = (kwh: number): number => {
  const saved = 350 - kwh;
  const tier = saved * 100 >= 350 * 20 ? 70 : saved * 100 >= 350 * 10 ? 50 : saved * 100 >= 350 * 5 ? 30 : 0;
  return saved > 0 && saved * 100 >= 350 * 3 ? Math.min(saved, 105) * (30 + tier) : 0;
};

test('whatever late data say and however often it is run, a month is worth what its last good look said, with its evidence', async () => {
  const world = await aWorld();
  let homes = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(look, { minLength: 1, maxLength: 2 }), async (looks) => {
      const householdId = `home-${(homes += 1)}`;
      await agree(world.table, householdId, 'government');
      await world.table.put(enrolmentPut(householdId, ENROLMENT, 0));
      const may = monthOfDays('2026-05', REST_KWH);
      const past = [...monthOfDays('2024-05', 350), ...monthOfDays('2025-05', 350)];
      await putDays(world.table, householdId, [...past, ...may]);
      let expected: number | undefined;
      for (const { kwh, isBad, daysAfter, atOnce } of looks.toSorted((a, b) => a.daysAfter - b.daysAfter)) {
        const [first] = may;
        const importWh = first!.importWh! + (kwh - REST_KWH) * 1000;
        await putDays(world.table, householdId, [{ ...first!, importWh, quality: isBad ? 'bad' : 'good' }]);
        const date = addDays('2026-05-31', daysAfter);
        world.clock.set(dayStart(addDays(date, 1)));
        await Promise.all(Array.from({ length: atOnce }, () => settleHousehold(world, { householdId, date })));
        if (!isBad && daysAfter <= 30) expected = wonFor(kwh);
      }
      const entries = await readPeriod(world.table, { householdId, programme: PROGRAMME, period: '2026-05' });
      expect(entries.length > 0 ? sumAmounts(entries) : undefined).toBe(expected);
      const { kept, addedUp } = await bothBalances(world.table, householdId);
      expect(kept).toEqual(addedUp);
      for (const [i, entry] of entries.entries()) {
        const frozen = await readInputs(world.table, entry);
        expect(recompute(PROGRAMME, frozen?.inputs).total).toBe(sumAmounts(entries.slice(0, i + 1)));
      }
    }),
  );
  await world.database.close();
});
