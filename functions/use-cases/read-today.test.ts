import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, SLOT_MS } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import type { Today } from '@hems/shared/api/today';
import { aTodayHome, MIDNIGHT, PAST, savedOf, TODAY, YESTERDAY, type TodayHome } from '../testing/today-home.ts';
import { aBatch, aRuleEvent, HOME } from '../testing/world.ts';
import { readDays } from './read-days.ts';
import { readLive } from './read-live.ts';
import { readRunningBill } from './read-running-bill.ts';
import { readToday } from './read-today.ts';
import { readUsage } from './read-usage.ts';

const { householdId } = HOME;
const MINUTE_MS = 60_000;

let home: TodayHome;
beforeEach(async () => {
  home = await aTodayHome();
});

describe('today so far', () => {
  test('at noon has saved what the same days had used by noon, less its own use', async () => {
    await home.imported(PAST);
    await home.lived(48, () => 60);
    await home.run();
    const answer = await home.today();
    expect(answer).toMatchObject({
      date: TODAY,
      untilMs: MIDNIGHT + 48 * SLOT_MS,
      loadWh: 48 * 60,
      importWh: 48 * 60,
      usualPowerW: 400,
      saving: { expectedWh: 48 * 100, savedWh: 48 * 40, quality: 'good', remarks: [] },
    });
    expect(savedOf(answer).comparedDates.slice(0, 5)).toEqual(
      ['19', '18', '17', '16', '13'].map((day) => `2026-11-${day}`),
    );
    expect(savedOf(answer).worthWon).toBeGreaterThan(0);
  });

  test('ends as the saving, the cost and the CO2 of the day that the night’s run writes down', async () => {
    await home.imported(PAST.slice(0, -3));
    await home.imported(PAST.slice(-3), 430);
    // the meter’s clock is half a second ahead, so the last quarter hour is known before the day is over
    await home.lived(96, (slot) => 40 + ((slot * 37) % 90));
    home.clock.set(MIDNIGHT + 96 * SLOT_MS - 500);
    await home.run();
    const before = await home.today();
    expect(before.untilMs).toBe(MIDNIGHT + 96 * SLOT_MS);
    home.clock.set(MIDNIGHT + 96 * SLOT_MS + 20 * MINUTE_MS);
    await home.run(TODAY);
    const { days } = await readDays(home, { householdId, from: TODAY, to: TODAY });
    const { comparedDates, ...saving } = savedOf(before);
    // the day keeps what the sum of its period has of it as well
    expect(days[0]?.saving).toEqual({ ...saving, savedWon: expect.any(Number) });
    expect(comparedDates).toHaveLength(10);
    expect(days[0]).toMatchObject({
      importWh: before.importWh,
      loadWh: before.loadWh,
      cost: { won: before.costWon },
      co2: { footprintG: before.footprintG },
    });
  });

  test.each([3, 30, 48, 77])('after %i quarter hours tells what usage, live view and bill tell', async (slots) => {
    await home.imported(PAST);
    await home.lived(slots, (slot) => 60 + (slot % 50));
    await home.run();
    // the quarter hour that runs is in all of them
    home.clock.set(MIDNIGHT + slots * SLOT_MS + 4 * MINUTE_MS);
    const ts = home.clock.now();
    const register = 96 * 100 + Array.from({ length: slots }, (_, slot) => 60 + (slot % 50)).reduce((a, b) => a + b, 0);
    const last = aPoint({ ts, seq: 20_000, quantities: { energy_import_wh: register + 21, energy_export_wh: 0 } });
    await home.take(aRuleEvent('batch', aBatch([last]), { received: ts }));
    const answer = await home.today();
    const usage = await readUsage(home, { householdId, grain: 'day', from: TODAY, to: TODAY });
    expect(usage.intervals[0]).toMatchObject({ loadWh: answer.loadWh, importWh: answer.importWh });
    expect(answer.importWh).toBe(register - 96 * 100 + 21);
    expect((await readLive(home, householdId)).today).toEqual({ loadWh: answer.loadWh, quality: answer.quality });
    const bill = await readRunningBill(home, { householdId });
    const { days } = await readDays(home, { householdId, from: '2026-11-01', to: YESTERDAY });
    const costs = days.reduce((sum, { cost }) => sum + (cost?.won ?? Number.NaN), 0);
    expect(bill.toDate).toMatchObject({ won: { bill: costs + (answer.costWon ?? Number.NaN) } });
    expect(answer.untilMs).toBe(MIDNIGHT + slots * SLOT_MS);
  });

  test('of a home that does not exist is not told', async () => {
    await expect(readToday(home, 'nowhere')).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('what the night’s run has still to do is told as the run will leave it', () => {
  const sameAfterRun = async (): Promise<Today> => {
    const before = await home.today();
    await home.run();
    expect(await home.today()).toEqual(before);
    return before;
  };

  test('in the morning before it ran: yesterday counts as a day, in the bill and among the compared ones', async () => {
    await home.imported(PAST);
    await home.lived(2);
    home.clock.set(MIDNIGHT + 2 * SLOT_MS + 5 * MINUTE_MS);
    expect(savedOf(await sameAfterRun()).comparedDates[0]).toBe(YESTERDAY);
  });

  test('when readings of yesterday come late', async () => {
    await home.imported(PAST);
    home.clock.set(MIDNIGHT);
    await home.metered({ fromMs: MIDNIGHT - 96 * SLOT_MS, toMs: MIDNIGHT - 40 * SLOT_MS, whOf: () => 100 });
    await home.run();
    home.at(40);
    await home.metered({
      fromMs: MIDNIGHT,
      toMs: MIDNIGHT + 40 * SLOT_MS,
      whOf: () => 90,
      startWh: 56 * 100 + 40 * 200,
    });
    const holed = savedOf(await home.today());
    home.at(41);
    const late = { fromMs: MIDNIGHT - 39 * SLOT_MS, toMs: MIDNIGHT - SLOT_MS, startWh: 57 * 100, seq: 30_000 };
    await home.metered({ ...late, whOf: () => 200 });
    const told = savedOf(await sameAfterRun());
    expect(told.comparedDates).toContain(YESTERDAY);
    expect(told).not.toEqual(holed);
  });

  test('when a part of a day came late that a file had told: its total stands', async () => {
    await home.imported([...PAST, YESTERDAY], 410);
    home.at(20);
    await home.metered({ fromMs: MIDNIGHT - 30 * SLOT_MS, toMs: MIDNIGHT + 20 * SLOT_MS, whOf: () => 300 });
    expect(savedOf(await sameAfterRun()).expectedWh).toBe((410 / 4) * 20);
  });

  test('when the home has said since that it is billed by time of use', async () => {
    await home.imported(PAST);
    await home.livesIn('서울특별시 마포구');
    await home.metered({ fromMs: MIDNIGHT - 12 * 96 * SLOT_MS, toMs: MIDNIGHT, whOf: () => 100 });
    for (let back = 12; back > 0; back -= 1) {
      home.clock.set(MIDNIGHT - (back - 1) * 96 * SLOT_MS + 20 * MINUTE_MS);
      await home.run(addDays(TODAY, -back));
    }
    await home.supplied({ plan: { plan: 'tou', contractKw: 3 }, movedIn: '2026-11-08' });
    home.at(60);
    const toMs = MIDNIGHT + 60 * SLOT_MS;
    await home.metered({ fromMs: MIDNIGHT, toMs, whOf: () => 40, startWh: 12 * 96 * 100 });
    const { worthWon, savedWh } = savedOf(await sameAfterRun());
    expect(savedWh).toBe(3600);
    expect(worthWon).toBeGreaterThan(0);
  });
});
