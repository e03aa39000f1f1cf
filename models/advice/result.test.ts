import { describe, expect, test } from 'vitest';
import { addDays, dayNumber, type LocalDate } from '../calendar/seoul.ts';
import { randomFrom, seedOf } from '../testing/random.ts';
import { meanCdegcOn } from '../testing/weather.ts';
import { ASSUMED_SUPPLY } from '../household/supply.ts';
import type { AdviceHome, AdvicePlug } from './advice-home.ts';
import { RULE_CODES } from './codes.ts';
import type { PlugHabit } from './plug-idle.ts';
import { resultOf, type Taken } from './quantities.ts';
import { changeSince, standardError, type Amount } from './result.ts';
import { RULES } from './rules.ts';
import { adviceDays, anAdviceHome, plainLoad, type WhOf } from './testing/advice-home.ts';

const TAKEN = '2026-09-20';
const LATER = '2026-11-23';

/** Days of a year that wander a little from week to week and are noisy from day to day. */
const wandering = (seed: number, cut: number): Amount[] => {
  const random = randomFrom(seedOf('advice-result', seed));
  let level = 6000;
  return Array.from({ length: 365 }, (_, i) => {
    const date = addDays(LATER, i - 365);
    level += (random() - 0.5) * 120 + (6000 - level) * 0.02;
    const wh = level + (random() - 0.5) * 1500;
    return { date, wh: Math.round(date > TAKEN ? wh * (1 - cut) : wh), cdegc: 1700 };
  });
};
const told = (amounts: readonly Amount[], today = LATER) => changeSince(amounts, TAKEN, { today });

describe('the change since a suggestion was taken', () => {
  test('is told once four weeks are over, from those four weeks, however late somebody looks', () => {
    const amounts = wandering(1, 0.4);
    expect(told(amounts, addDays(TAKEN, 28))).toEqual({ status: 'measuring' });
    const then = told(amounts, addDays(TAKEN, 29));
    expect(then.status).toBe('measured');
    const since = amounts.map((one) => (one.date > addDays(TAKEN, 28) ? { ...one, wh: 9000 } : one));
    expect(told(since)).toEqual(then);
  });
  test('of homes that changed nothing is claimed in at most one of twenty', () => {
    const claims = Array.from({ length: 100 }, (_, seed) => told(wandering(seed, 0))).filter(
      ({ status }) => status === 'measured',
    );
    expect(claims.length).toBeLessThanOrEqual(5);
  });
  test('of homes that use a quarter less is found in most, and holds what was saved', () => {
    const results = Array.from({ length: 100 }, (_, seed) => told(wandering(seed, 0.25)));
    const measured = results.filter((one) => one.status === 'measured');
    expect(measured.length).toBeGreaterThan(80);
    const holds = measured.filter(({ lowWh, highWh }) => lowWh <= 1500 && 1500 <= highWh);
    expect(holds.length).toBeGreaterThan(0.9 * measured.length);
  });
  test('of a home that uses more is never a saving', () => {
    expect(told(wandering(3, -0.3))).toEqual({ status: 'unclear', because: 'within-variation' });
  });
  test('is unclear where too few days after are known, or too few moments before tell what the home varies by', () => {
    const unknown = { status: 'unclear', because: 'too-little-known' };
    const amounts = wandering(1, 0.4);
    expect(told(amounts.filter(({ date }) => date <= addDays(TAKEN, 20)))).toEqual(unknown);
    expect(told(amounts.filter(({ date }) => date >= addDays(TAKEN, -100)))).toEqual(unknown);
    expect(told(amounts.filter(({ date }) => date >= addDays(TAKEN, -125))).status).toBe('measured');
  });
  test('does not take a warmer month for a saving', () => {
    const warmer = Array.from({ length: 300 }, (_, i): Amount => {
      const date = addDays(LATER, i - 300);
      const cdegc = 500 + 400 * Math.sin(dayNumber(date) * 2.1) + (date > TAKEN ? 300 : 0);
      return { date, wh: Math.round(8000 + 5 * Math.max(0, 1400 - cdegc) + (i % 7) * 150), cdegc };
    });
    expect(told(warmer).status).toBe('unclear');
    expect(told(warmer.map((one) => ({ ...one, cdegc: 1700 }))).status).toBe('measured');
  });
  test('is unclear where the days after were colder than any before', () => {
    const beyond = wandering(1, 0.4).map((one) => ({ ...one, cdegc: one.date > TAKEN ? -500 : 1500 }));
    expect(told(beyond)).toEqual({ status: 'unclear', because: 'too-little-known' });
  });
  test('is less sure of where neighbouring days are alike', () => {
    const apart = Array.from({ length: 42 }, (_, i) => (i % 2 === 0 ? 100 : -100));
    const alike = Array.from({ length: 42 }, (_, i) => (i % 14 < 7 ? 100 : -100));
    expect(standardError(apart, 28)).toBeCloseTo(Math.sqrt((420_000 / 40) * (1 / 28 + 1 / 42)), 6);
    expect(standardError(alike, 28)).toBeGreaterThan(2 * standardError(apart, 28));
  });
});

const CONTRACT = { ...ASSUMED_SUPPLY, region: 'mainland' } as const;
const taken = (over: Partial<Taken> & Pick<Taken, 'rule'>): Taken => ({
  deviceId: null,
  onDate: TAKEN,
  plug: null,
  contract: CONTRACT,
  ...over,
});
const mild = (of: (date: LocalDate) => number = () => 1700) =>
  new Map(Array.from({ length: 365 }, (_, i) => [addDays(LATER, i - 365), of(addDays(LATER, i - 365))]));
const home = (over: Partial<AdviceHome> = {}): AdviceHome =>
  anAdviceHome({ today: LATER, contract: CONTRACT, meanCdegc: mild(), ...over });
const lived = (load: WhOf, count = 300) => adviceDays({ today: LATER, count, load });
const NOTHING = { because: null, wonPerMonth: null };
const unclear = (because: string) => ({ state: 'unclear', because, wonPerMonth: null });

/** From the day after it was taken so much less in the hours. */
const fallen =
  (wh: number, isOff: (hour: number) => boolean): WhOf =>
  (date, hour) =>
    plainLoad(260)(date, hour) - (date > TAKEN && isOff(hour) ? wh : 0) + ((Number(date.slice(8)) * 7 + hour) % 11);

describe('the result of less standby', () => {
  const STANDBY = taken({ rule: 'standby' });
  const resultWhen = (load: WhOf, over: Partial<AdviceHome> = {}) =>
    resultOf(home({ days: lived(load), ...over }), STANDBY, []);

  test('is what the night hours save, the same whether it is off by day or not', () => {
    const night = resultWhen(fallen(120, (hour) => hour < 6));
    expect(night.state).toBe('measured');
    // 120 W in four hours of 30 nights are 14.4 kWh, of 120 to 215 won each and a fund and VAT of 12.7 %
    expect(night.wonPerMonth!.low).toBeGreaterThan(11 * 120);
    expect(night.wonPerMonth!.high).toBeLessThan(16 * 250 * 1.127);
    const whole = resultWhen(fallen(120, () => true));
    expect(whole.wonPerMonth!.high).toBeLessThan(16 * 250 * 1.127);
  });
  test('is priced at night where the hours have prices', () => {
    const contract = { ...CONTRACT, plan: { plan: 'tou', contractKw: 3 }, region: 'jeju' } as const;
    const { wonPerMonth } = resultWhen(
      fallen(120, () => true),
      { contract },
    );
    // at most 15 kWh at the cheapest price of autumn, 138.7 won, climate and fuel of 14, fund and VAT
    expect(wonPerMonth!.high).toBeLessThanOrEqual(Math.ceil(15 * (138.7 + 14) * 1.127) + 10);
  });
  test('is not told of where a battery feeds the nights', () => {
    expect(
      resultWhen(
        fallen(120, () => true),
        { kinds: new Set(['battery']) },
      ),
    ).toEqual(unclear('not-measured'));
  });
  test('is not claimed where the temperatures are not known', () => {
    expect(
      resultWhen(
        fallen(120, () => true),
        { meanCdegc: new Map() },
      ),
    ).toEqual(unclear('too-little-known'));
  });
  test.each(['2026-03-05', '2026-03-15', '2026-03-25', '2026-04-05'])(
    'is never what the pump of a boiler leaves off in spring, taken on %s',
    (onDate) => {
      const today = '2026-05-20';
      const load: WhOf = (date, hour) =>
        plainLoad(260)(date, hour) +
        ([11, 12, 1, 2, 3].includes(Number(date.slice(5, 7))) ? 80 : 0) +
        ((hour * 7) % 11);
      // known since the winter began: no season was seen to end
      const days = adviceDays({ today, count: 187, load });
      // as mild in March as in April: the temperature would not tell
      const meanCdegc = new Map(days.map(({ date }, i) => [date, 900 + 300 * Math.sin(i)]));
      const spring = home({ today, days, meanCdegc });
      expect(resultOf(spring, { ...STANDBY, onDate }, []).state).toBe('unclear');
    },
  );
});

describe('the result of less standby in the Korean climate, taken on any other Sunday of a year', () => {
  const FIRST = '2025-03-01';
  const LENGTH = 365 + 350 + 30;
  const meanCdegc = new Map(
    Array.from({ length: LENGTH }, (_, i) => addDays(FIRST, i)).map((date) => [date, meanCdegcOn(date)]),
  );
  const daysOf = (load: (date: LocalDate, hour: number, cdegc: number) => number) =>
    adviceDays({
      today: addDays(FIRST, LENGTH),
      count: LENGTH,
      load: (date, hour) => load(date, hour, meanCdegc.get(date) ?? 0) + ((Number(date.slice(8)) * 7 + hour) % 11),
    });
  /** As they lived before it was taken, and after. */
  const results = (before: ReturnType<typeof daysOf>, after = before) =>
    Array.from({ length: 26 }, (_, i) => {
      const onDate = addDays(FIRST, 365 + 14 * i);
      const from = 14 * i + 30;
      const days = [...before.slice(from, 365 + 14 * i + 1), ...after.slice(365 + 14 * i + 1, from + 365)];
      return resultOf(home({ today: addDays(onDate, 29), days, meanCdegc }), taken({ rule: 'standby', onDate }), []);
    });
  test('is told where four weeks were like the six before, and holds what four night hours save', () => {
    const found = results(daysOf(plainLoad(260)), daysOf(plainLoad(140))).filter(({ state }) => state === 'measured');
    expect(found.length).toBeGreaterThanOrEqual(5);
    // 14.4 kWh at 120 to 310 won each, with fund and VAT
    for (const { wonPerMonth } of found) {
      expect(wonPerMonth!.low).toBeGreaterThan(1400);
      expect(wonPerMonth!.high).toBeLessThan(5000);
    }
  });
  test.each<[string, (cdegc: number, date: LocalDate) => number]>([
    [
      'a pump that runs from November to March',
      (_, date) => ([11, 12, 1, 2, 3].includes(Number(date.slice(5, 7))) ? 80 : 0),
    ],
    ['a pump that runs below 10 °C', (cdegc) => (cdegc < 1000 ? 80 : 0)],
    ['a pump that runs more the colder it is', (cdegc) => 80 * Math.min(1, Math.max(0, (1200 - cdegc) / 1500))],
    ['a bedroom cooled in summer nights', (cdegc) => 0.4 * Math.max(0, cdegc - 2300)],
  ])('is never %s', (_, more) => {
    const states = results(daysOf((date, hour, cdegc) => plainLoad(260)(date, hour) + more(cdegc, date))).map(
      ({ state }) => state,
    );
    expect(states).not.toContain('measured');
  });
});

describe('the result of a plug', () => {
  const HABIT: PlugHabit = { restW: 25, offShare: Array.from({ length: 24 }, () => 0) };
  const IDLE = taken({ rule: 'idle-plug', deviceId: 'plug-1', plug: HABIT });
  /** Used in the evening; off in the hours. */
  const plug = (isOff: (hour: number, day: number) => boolean, usedWh = 120): AdvicePlug => ({
    deviceId: 'plug-1',
    hoursWh: Array.from({ length: 168 }, (_, i) => {
      if (i % 24 >= 19 && i % 24 < 22) return usedWh;
      return isOff(i % 24, Math.floor(i / 24)) ? 0 : 25;
    }),
  });
  const resultWith = (plugs: readonly AdvicePlug[], own = IDLE) =>
    resultOf(home({ days: lived(plainLoad(300)), plugs }), own, []);
  const high = (plugs: readonly AdvicePlug[]): number => resultWith(plugs).wonPerMonth?.high ?? 0;

  test('grows with the hours in which it is off', () => {
    const [seven, fourteen, most] = [7, 14, 19].map((count) => high([plug((hour) => hour < count)]));
    // 5.25 kWh of a month, counted as five, at 215 won in the second tier and 12.7 %
    expect(Math.abs(seven! - 5 * (214.6 + 14) * 1.127)).toBeLessThan(160);
    expect(fourteen! / seven!).toBeGreaterThan(1.7);
    expect(most! / seven!).toBeGreaterThan(2.4);
  });
  test('is nothing where it rests as before, was off before, or is used longer', () => {
    expect(resultWith([plug(() => false)])).toEqual(unclear('within-variation'));
    const before = {
      ...IDLE,
      plug: { restW: 25, offShare: Array.from({ length: 24 }, (_, hour) => (hour < 14 ? 1 : 0)) },
    };
    expect(resultWith([plug((hour) => hour < 14)], before)).toEqual(unclear('within-variation'));
    const longer = { deviceId: 'plug-1', hoursWh: Array.from({ length: 168 }, (_, i) => (i % 24 >= 8 ? 120 : 25)) };
    expect(resultWith([longer])).toEqual(unclear('within-variation'));
  });
  test('is not known where the plug is silent, or what it fed is used no more', () => {
    expect(resultWith([])).toEqual(unclear('too-little-known'));
    expect(resultWith([plug(() => true, 0)])).toEqual(unclear('too-little-known'));
    const silent = plug((hour) => hour < 14);
    expect(resultWith([{ ...silent, hoursWh: silent.hoursWh.map((wh, i) => (i % 24 === 3 ? null : wh)) }])).toEqual(
      unclear('too-little-known'),
    );
  });
});

describe('the result of a degree less', () => {
  const DEGREE = taken({ rule: 'heater-set-point' });
  const load = fallen(60, () => true);
  test('is what the days save, where less load is less drawn at one price', () => {
    const found = resultOf(home({ days: lived(load) }), DEGREE, []);
    // 60 W are 43 kWh a month
    expect(found.state).toBe('measured');
    expect(found.wonPerMonth!.low).toBeGreaterThan(30 * 120);
    expect(found.wonPerMonth!.high).toBeLessThan(50 * 320 * 1.127);
  });
  test.each<[string, Partial<AdviceHome>]>([
    ['by time of use', { contract: { ...CONTRACT, plan: { plan: 'tou', contractKw: 3 } } }],
    ['with a roof', { kinds: new Set(['solar_inverter']) }],
    ['with a battery', { kinds: new Set(['battery']) }],
  ])('is not told of a home %s', (_, over) => {
    expect(resultOf(home({ days: lived(load), ...over }), DEGREE, [])).toEqual(unclear('not-measured'));
  });
});

test('of what was taken at about the same time the first has the saving, and the others tell of it', () => {
  const one = home({ days: lived(fallen(120, () => true)) });
  const own = taken({ rule: 'standby' });
  const after = (rule: Taken['rule'], onDate: LocalDate) => resultOf(one, own, [taken({ rule, onDate })]).state;
  expect(resultOf(one, own, [taken({ rule: 'heater-set-point' })])).toEqual(unclear('other-taken'));
  expect(after('idle-plug', addDays(TAKEN, -42))).toBe('unclear');
  expect(after('idle-plug', addDays(TAKEN, -43))).toBe('measured');
  // what claims nothing of the use takes nothing away
  expect([after('contract-choice', TAKEN), after('lighting', TAKEN)]).toEqual(['measured', 'measured']);
});

test('nothing is claimed of a rule that measures nothing, from the day on which it is taken', () => {
  const silent = RULE_CODES.filter((rule) => RULES[rule].quantity === null);
  expect(silent).toEqual(['shift-hours', 'tier-limit', 'lighting', 'solar-self-use', 'battery-schedule']);
  for (const rule of silent)
    expect(resultOf(home({ today: addDays(TAKEN, 1) }), taken({ rule }), [])).toEqual(unclear('not-measured'));
});

test('another contract is measured once it is in force, by the bills of the weeks after', () => {
  const days = lived((_, hour) => (hour < 8 || hour >= 22 ? 1300 : 400), 90);
  const before = { ...ASSUMED_SUPPLY, region: 'jeju' } as const;
  const own = taken({ rule: 'contract-choice', contract: before });
  expect(resultOf(home({ days, contract: before }), own, [])).toEqual(unclear('not-changed'));
  const now = { ...before, plan: { plan: 'tou', contractKw: 3 } } as const;
  expect(resultOf(home({ days, contract: now }), own, [])).toMatchObject({ state: 'measured' });
  expect(resultOf(home({ days, contract: now, today: addDays(TAKEN, 28) }), own, [])).toEqual({
    state: 'measuring',
    ...NOTHING,
  });
});
