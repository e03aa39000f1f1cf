import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS, localDate, SLOT_MS } from '@hems/models/calendar/seoul';
import { ASSUMED_SUPPLY } from '@hems/models/household/supply';
import type { DiscountCode } from '@hems/models/tariff/rows/deductions';
import { aPoint } from '@hems/models/testing/builders';
import { WeatherUnavailable } from '../../ports/weather.ts';
import { anAdvisedHome, skyOf } from '../../testing/advised-home.ts';
import { aBatch, aRuleEvent, aWorld, HOME, NOON, type World } from '../../testing/world.ts';
import { consentPut, readConsent } from '../stores/consents.ts';
import { putDevice, putProfile, type Member } from '../stores/households.ts';
import { putSupplies } from '../stores/supplies.ts';
import { readFound } from '../stores/advice.ts';
import { listAdvice } from './list-advice.ts';
import { setSafeguard } from './set-safeguard.ts';

const { householdId } = HOME;
const OWNER: Member = { householdId, sub: 'owner', role: 'owner' };
const TODAY = localDate(NOON);
const SEOUL = { region: '서울 마포구' };

let world: World;
let weather: ReturnType<typeof skyOf>;
beforeEach(async () => {
  world = await aWorld();
  weather = skyOf(world);
});
const list = () => listAdvice({ ...world, weather }, householdId);
const rules = async () => (await list()).suggestions.map(({ rule }) => rule);
const on = (date: string): void => world.clock.set(dayStart(date) + 12 * HOUR_MS);

describe('suggestions', () => {
  test('rest on the home’s own hours, with a range in won, its reason and the figures behind it', async () => {
    await anAdvisedHome(world);
    const { suggestions, withheld, safeguard } = await list();
    expect({ withheld, safeguard }).toEqual({ withheld: null, safeguard: null });
    expect(suggestions).toEqual([
      {
        adviceId: `standby_${TODAY}`,
        rule: 'standby',
        deviceId: null,
        wonPerMonth: { low: expect.any(Number), high: expect.any(Number) },
        data: [
          { name: 'nightFloor', value: 266, unit: 'W' },
          { name: 'neededAtNight', value: 180, unit: 'W' },
          { name: 'seenDays', value: 28, unit: 'days' },
        ],
        since: TODAY,
        state: 'open',
      },
    ]);
  });

  test('are withheld while too little is known', async () => {
    await anAdvisedHome(world, { count: 20 });
    expect(await list()).toMatchObject({ withheld: 'collecting', suggestions: [] });
  });

  test('are none without consent, and no figure of the home is told or kept', async () => {
    await anAdvisedHome(world);
    const kept = await readConsent(world.table, householdId, 'analysis');
    const said = { granted: false, textVersion: 2, atMs: NOON, personId: 'owner' };
    await world.table.put(consentPut(householdId, { purpose: 'analysis', kept, said }));
    expect(await list()).toMatchObject({ withheld: 'no-consent', suggestions: [], notes: [], results: [] });
    expect((await readFound(world.table, householdId)).found).toBeUndefined();
  });

  test('are worked out once an hour, keep their name the next day, and anew when the contract changes', async () => {
    await anAdvisedHome(world);
    const first = await list();
    world.clock.set(NOON + HOUR_MS - 1);
    expect((await list()).madeAtMs).toBe(first.madeAtMs);
    world.clock.set(NOON + HOUR_MS);
    expect((await list()).madeAtMs).toBe(NOON + HOUR_MS);
    on(addDays(TODAY, 1));
    const next = await list();
    expect(next.madeAtMs).not.toBe(first.madeAtMs);
    expect(next.suggestions[0]).toMatchObject({ adviceId: first.suggestions[0]!.adviceId, since: TODAY });
    await putSupplies(world.table, householdId, {
      rows: [{ from: '2026-11-01', supply: { ...ASSUMED_SUPPLY, voltage: 'high' } }],
      version: 0,
    });
    world.clock.set(world.clock.now() + 1);
    expect((await list()).suggestions[0]?.wonPerMonth).not.toEqual(next.suggestions[0]?.wonPerMonth);
  });

  test('of a home that was being got to know come as soon as its days do', async () => {
    await anAdvisedHome(world, { count: 20 });
    expect((await list()).withheld).toBe('collecting');
    await anAdvisedHome(world, { count: 21 });
    expect(await list()).toMatchObject({ withheld: null, suggestions: [{ rule: 'standby' }] });
  });

  test('of ten first looks at once are the same ten times', async () => {
    await anAdvisedHome(world);
    const looks = await Promise.all(Array.from({ length: 10 }, list));
    for (const look of looks) expect(look).toEqual(looks[0]);
    expect(looks[0]!.suggestions).toHaveLength(1);
    expect((await readFound(world.table, householdId)).version).toBe(1);
  });

  test('name the plug that they are about', async () => {
    await anAdvisedHome(world);
    const plug = {
      deviceId: 'plug-1',
      kind: 'smart_plug',
      name: 'plug',
      gateway: HOME.gateway,
      status: 'active',
    } as const;
    await putDevice(world.table, householdId, plug);
    let register = 0;
    const points = Array.from({ length: 8 * 96 }, (_, i) => {
      const ts = dayStart(addDays(TODAY, -8)) + (i + 32) * SLOT_MS;
      const hour = new Date(ts + 9 * HOUR_MS).getUTCHours();
      const isOn = hour === 20 || hour === 21 || (hour === 19 && i % 7 === 0) || (hour === 22 && i < 300);
      register += isOn ? 40 : 8;
      return aPoint({ ...plug, ts, seq: i, quantities: { energy_import_wh: register } });
    });
    for (let i = 0; i < points.length; i += 96) await world.take(aRuleEvent('batch', aBatch(points.slice(i, i + 96))));
    const found = (await list()).suggestions.find(({ rule }) => rule === 'idle-plug');
    expect(found).toMatchObject({
      deviceId: 'plug-1',
      adviceId: `idle-plug_${TODAY}_plug-1`,
      data: [
        { name: 'idle', value: 32 },
        { name: 'restsADay', value: 21 },
      ],
    });
  });
});

describe('safeguards', () => {
  test('a cold wave that is called out at noon holds at the next look, though what was found is kept', async () => {
    await anAdvisedHome(world, SEOUL);
    await list();
    const { found } = await readFound(world.table, householdId);
    await world.table.put({
      table: 'homes',
      pk: `H#${householdId}`,
      sk: 'ADVICE',
      data: { ...found, candidates: found!.candidates.map((one) => ({ ...one, rule: 'heater-set-point' })) },
    });
    expect(await rules()).toEqual(['heater-set-point']);
    weather = skyOf(world, { alerts: async () => new Map([['seoul', [{ kind: 'cold-wave', level: 'advisory' }]]]) });
    world.clock.set(NOON + HOUR_MS / 2);
    const answered = await list();
    expect(answered).toMatchObject({ safeguard: 'cold-wave', suggestions: [], withheld: null });
  });

  test('while alerts cannot be asked for, heating is left alone on a mild day, and a forecast of deep cold is told', async () => {
    await anAdvisedHome(world, SEOUL);
    const unheard = () => Promise.reject(new WeatherUnavailable('the source is closed'));
    weather = skyOf(world, { alerts: unheard, sky: () => ({ temperatureCdegc: -1300, cloudPermille: 0 }) });
    expect((await list()).safeguard).toBe('cold-wave');
    const { found } = await readFound(world.table, householdId);
    const candidates = ['heater-set-point', 'tier-limit', 'standby'].map((rule) => ({
      ...found!.candidates[0]!,
      rule,
    }));
    await world.table.put({ table: 'homes', pk: `H#${householdId}`, sk: 'ADVICE', data: { ...found, candidates } });
    weather = skyOf(world, { alerts: unheard });
    world.clock.set(NOON + 4 * HOUR_MS);
    await world.table.put({
      table: 'homes',
      pk: `H#${householdId}`,
      sk: 'ADVICE',
      data: { ...found, candidates, madeAtMs: NOON + 4 * HOUR_MS },
    });
    expect(await list()).toMatchObject({ safeguard: null, suggestions: [{ rule: 'standby' }] });
  });

  test('a home that says so is told nothing of what runs at night, from the next look until it takes it back', async () => {
    await anAdvisedHome(world);
    expect(await rules()).toEqual(['standby']);
    expect(await setSafeguard(world, OWNER, true)).toEqual({ isVulnerable: true });
    expect(await list()).toMatchObject({ isVulnerable: true, safeguard: 'vulnerable-home', suggestions: [] });
    await setSafeguard(world, OWNER, false);
    expect(await list()).toMatchObject({ isVulnerable: false, safeguard: null });
    expect(await rules()).toEqual(['standby']);
  });

  test.each<DiscountCode>(['A1', 'A2', 'B1', 'B3', 'B5'])(
    'a home billed with the discount %s need not say so',
    async (code) => {
      await anAdvisedHome(world);
      await putSupplies(world.table, householdId, {
        rows: [{ from: '2026-11-01', supply: { ...ASSUMED_SUPPLY, discounts: [code] } }],
        version: 0,
      });
      expect(await list()).toMatchObject({ isVulnerable: false, safeguard: 'vulnerable-home', suggestions: [] });
    },
  );
});

describe('notes on the weather', () => {
  const noon = (celsius: number, cloudPermille = 500) =>
    skyOf(world, { sky: () => ({ temperatureCdegc: 100 * celsius, cloudPermille }) });

  test('tell of a hot tomorrow', async () => {
    await anAdvisedHome(world, SEOUL);
    weather = noon(31);
    expect((await list()).notes).toEqual([
      { code: 'hot-tomorrow', date: addDays(TODAY, 1), data: [{ name: 'warmest', value: 3100, unit: 'cdegc' }] },
    ]);
  });
  test('tell of a cold tomorrow', async () => {
    await anAdvisedHome(world, SEOUL);
    weather = noon(-7);
    expect((await list()).notes).toEqual([
      { code: 'cold-tomorrow', date: addDays(TODAY, 1), data: [{ name: 'coldest', value: -700, unit: 'cdegc' }] },
    ]);
  });
  test('tell of clouds to a home with a roof only', async () => {
    await anAdvisedHome(world, SEOUL);
    weather = noon(12, 900);
    expect((await list()).notes).toMatchObject([{ code: 'cloudy-tomorrow' }]);
    const roof = {
      deviceId: 'solar-1',
      kind: 'solar_inverter',
      name: 'roof',
      gateway: HOME.gateway,
      status: 'retired',
    } as const;
    await putDevice(world.table, householdId, roof);
    expect((await list()).notes).toEqual([]);
  });
  test('are none for a home that has not said where it is', async () => {
    await anAdvisedHome(world, SEOUL);
    weather = noon(-7);
    await putProfile(world.table, { householdId, telemetryId: HOME.telemetryId, buildingType: 'apartment' });
    expect(await list()).toMatchObject({ notes: [], safeguard: null });
  });
});
