import { ko } from '@hems/shared/i18n/ko';
import { ko as koReasons } from '@hems/shared/i18n/ko/reasons';
import { ko as koToday } from '@hems/shared/i18n/ko/today';
import { todayCards } from '@hems/shared/view/today-saving';
import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import {
  aTodayHome,
  MIDNIGHT,
  NO_HOURS,
  PAST,
  savedOf,
  TODAY,
  YESTERDAY,
  type TodayHome,
} from '../testing/today-home.ts';
import { aBatch, aRuleEvent, HOME } from '../testing/world.ts';
import { replaceDevice } from './devices/replace-device.ts';
import { importDays } from './import-days.ts';
import { readDays } from './read-days.ts';
import { readRunningBill } from './read-running-bill.ts';
import { readHours } from './stores/hours.ts';

const { householdId } = HOME;
const MINUTE_MS = 60_000;
const WORDS = { t: ko, s: koToday, reasons: koReasons };

let home: TodayHome;
beforeEach(async () => {
  home = await aTodayHome();
});

describe('a day that cannot be told whole', () => {
  test('has nothing to say until its first quarter hour is over and heard', async () => {
    await home.imported(PAST);
    await home.lived(0);
    await home.run();
    const begun = { untilMs: null, saving: { status: 'refused', code: 'nothing-yet' } };
    expect(await home.today()).toMatchObject({ date: TODAY, loadWh: null, importWh: null, costWon: null, ...begun });
    home.clock.set(MIDNIGHT + 14 * MINUTE_MS);
    const early = aPoint({
      ts: MIDNIGHT + 14 * MINUTE_MS,
      seq: 20_000,
      quantities: { energy_import_wh: 9600 + 84, energy_export_wh: 0 },
    });
    await home.take(aRuleEvent('batch', aBatch([early]), { received: early.ts }));
    expect(await home.today()).toMatchObject({ ...begun, importWh: 84, missingSlots: 0, costWon: expect.any(Number) });
    home.clock.set(MIDNIGHT + 15 * MINUTE_MS);
    const first = { ts: MIDNIGHT + SLOT_MS, seq: 20_001, quantities: { energy_import_wh: 9690, energy_export_wh: 0 } };
    await home.take(aRuleEvent('batch', aBatch([aPoint(first)]), { received: first.ts }));
    expect(await home.today()).toMatchObject({ untilMs: first.ts, saving: { expectedWh: 100, savedWh: 10 } });
  });

  test('with a hole in it is refused, and told as soon as the missing readings come', async () => {
    await home.imported(PAST);
    await home.lived(20);
    home.at(60);
    // power alone, after six silent hours: what was used meanwhile nobody knows
    const powers = Array.from({ length: 48 }, (_, i) =>
      aPoint({ ts: MIDNIGHT + 48 * SLOT_MS + i * 5 * MINUTE_MS, seq: 11_000 + i, quantities: { power_w: 360 } }),
    );
    await home.take(aRuleEvent('batch', aBatch(powers), { received: MIDNIGHT + 60 * SLOT_MS }));
    const holed = await home.today();
    expect(holed.saving).toMatchObject({ status: 'refused', code: 'missing-use' });
    expect(holed.importWh).toBeLessThan(60 * 90);
    // told as a part of the day, on the tile as well
    expect(holed).toMatchObject({ quality: 'estimated', missingSlots: 28 });
    const { use } = todayCards({ data: holed, error: null, paused: false, atMs: 0 }, home.clock.now(), WORDS);
    expect(use).toMatchObject({ state: 'partial', note: koToday.missing });
    const toMs = MIDNIGHT + 60 * SLOT_MS;
    await home.metered({ fromMs: MIDNIGHT + 21 * SLOT_MS, toMs, whOf: () => 90, startWh: 9600 + 21 * 90, seq: 12_000 });
    expect(await home.today()).toMatchObject({ importWh: 60 * 90, missingSlots: 0, saving: { savedWh: 600 } });
  });

  test('of a meter that fell silent goes up to its last word, and so does what it is held against', async () => {
    await home.imported(PAST);
    await home.lived(30);
    home.at(70);
    expect(await home.today()).toMatchObject({
      untilMs: MIDNIGHT + 30 * SLOT_MS,
      missingSlots: 40,
      saving: { expectedWh: 3000, savedWh: 300 },
    });
  });

  test('on the first day of a home has a cost and no saving, and says what is missing', async () => {
    await home.metered({ fromMs: MIDNIGHT, toMs: MIDNIGHT + 30 * SLOT_MS, whOf: () => 90 });
    home.at(30);
    await home.metered({ fromMs: MIDNIGHT, toMs: MIDNIGHT + 30 * SLOT_MS, whOf: () => 90 });
    const first = await home.today();
    expect(first).toMatchObject({ importWh: 2700, usualPowerW: null, saving: { code: 'insufficient-history' } });
    const { toDate } = await readRunningBill(home, { householdId });
    expect(toDate).toMatchObject({ won: { bill: first.costWon } });
  });

  test('of a home without a meter says that it takes one', async () => {
    await home.table.delete({ table: 'homes', pk: `H#${householdId}`, sk: 'DEVICE#meter-1' });
    await home.imported(PAST);
    home.at(40);
    expect((await home.today()).saving).toMatchObject({ status: 'refused', code: 'no-grid-meter' });
  });
});

describe('the compared days', () => {
  test('leave out one whose hours until then are not known, and take an earlier one for it', async () => {
    await home.imported(PAST);
    await home.imported(['2026-11-17'], 410, false);
    expect((await readHours(home.table, householdId, ['2026-11-17', '2026-11-17']))[0]?.importWh[0] ?? null).toBeNull();
    await home.lived(48);
    const { comparedDates } = savedOf(await home.today());
    expect(comparedDates).toHaveLength(10);
    expect(comparedDates).not.toContain('2026-11-17');
  });

  test('fewer than four are none: the day is refused, and nothing is usual', async () => {
    await home.imported(PAST, 400, false);
    await home.imported(PAST.slice(-2));
    await home.lived(48);
    const answer = await home.today();
    expect(answer.saving).toMatchObject({ status: 'refused', code: 'insufficient-history' });
    expect(answer.usualPowerW).toBeNull();
    await home.imported(PAST.slice(-4));
    const enough = await home.today();
    // the fourth of them is a Sunday, but yesterday is a weekday too
    expect(savedOf(enough).comparedDates).toEqual(['19', '18', '17', '16'].map((day) => `2026-11-${day}`));
    expect(savedOf(enough).remarks).toContain('short-history');
    expect(enough.usualPowerW).toBe(400);
  });

  test('shift what is expected by the three days before, as the method of the day does', async () => {
    await home.imported(PAST.slice(0, -3));
    await home.imported(PAST.slice(-3), 440);
    await home.lived(48);
    // three days of 440, then 400 yesterday: the ten have 412 an hour, the three before about 26 more than theirs
    const { expectedWh } = savedOf(await home.today());
    expect(expectedWh).toBeGreaterThan(12 * 412);
    expect(expectedWh).toBeLessThan(12 * 440);
  });
});

describe('homes with more than a meter', () => {
  test('on the roof: the saving is of the grid’s use, and does not wait for an inverter that is silent', async () => {
    await home.plugIn('solar-1', 'solar_inverter');
    await home.supplied({ netMetering: true });
    await home.imported(PAST);
    await home.lived(48);
    await home.metered({
      deviceId: 'solar-1',
      kind: 'solar_inverter',
      fromMs: MIDNIGHT,
      toMs: MIDNIGHT + 30 * SLOT_MS,
      whOf: () => 50,
      register: 'energy_export_wh',
    });
    await home.run();
    const answer = await home.today();
    expect(answer).toMatchObject({ untilMs: MIDNIGHT + 48 * SLOT_MS, importWh: 48 * 90, saving: { savedWh: 480 } });
    // the home is known as long as its roof is
    expect(answer.loadWh).toBe(30 * 140);
    const { days } = await readDays(home, { householdId, from: '2026-11-01', to: YESTERDAY });
    const bill = await readRunningBill(home, { householdId });
    const costs = days.reduce((sum, { cost }) => sum + (cost?.won ?? Number.NaN), 0);
    expect(bill.toDate).toMatchObject({ won: { bill: costs + (answer.costWon ?? Number.NaN) } });
  });

  test('with a meter that was replaced at ten, count each hour once', async () => {
    await home.imported(PAST);
    await home.lived(40);
    await home.plugIn('meter-2', 'smart_meter');
    home.at(60);
    await home.metered({
      deviceId: 'meter-2',
      fromMs: MIDNIGHT + 40 * SLOT_MS,
      toMs: MIDNIGHT + 60 * SLOT_MS,
      whOf: () => 80,
    });
    await replaceDevice(home, { householdId, sub: 'owner', role: 'owner' }, { deviceId: 'meter-1', by: 'meter-2' });
    expect(await home.today()).toMatchObject({
      untilMs: MIDNIGHT + 60 * SLOT_MS,
      importWh: 40 * 90 + 20 * 80,
      saving: { expectedWh: 6000, savedWh: 6000 - 40 * 90 - 20 * 80 },
    });
  });
});

test('the usual power is that of the running hour', async () => {
  const wh = Array.from({ length: 24 }, (_, hour) => 100 + 10 * hour);
  await importDays(
    home,
    householdId,
    PAST.map((date) => ({
      date,
      importWh: 5160,
      loadWh: 5160,
      quality: 'good',
      source: 'imported',
      hours: { importWh: wh, loadWh: wh, solarWh: NO_HOURS },
    })),
  );
  home.clock.set(MIDNIGHT + 18 * HOUR_MS + 59 * MINUTE_MS);
  expect(await home.today()).toMatchObject({ usualPowerW: 280, usualHourMs: MIDNIGHT + 18 * HOUR_MS });
  home.clock.set(MIDNIGHT + 19 * HOUR_MS);
  expect(await home.today()).toMatchObject({ usualPowerW: 290, usualHourMs: MIDNIGHT + 19 * HOUR_MS });
});
