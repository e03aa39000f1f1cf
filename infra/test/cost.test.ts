import { describe, expect, it } from 'vitest';
import {
  cheaperMode,
  crossoverPerS,
  growth,
  ingestUsd,
  monthly,
  streamUsd,
  timestreamUsd,
  totalUsd,
  type Plan,
} from '../cost/monthly.ts';
import { PRICES } from '../cost/prices.ts';

const MILLION: Plan = {
  homes: 1_000_000,
  cadenceS: 60,
  uplink: 'reading',
  mode: 'stream',
  store: 'timestream',
  signIn: 'LITE',
};
const dollars = (plan: Partial<Plan>, line: string): number =>
  Math.round(monthly({ ...MILLION, ...plan })[line] ?? Number.NaN);

/** Lines of a million homes as the facts this project began with calculate them (AWS facts, 12.3, US dollars a month). */
describe('a million homes cost', () => {
  it('the same for connections whatever they say', () => {
    expect(dollars({}, 'connections')).toBe(3456);
  });

  it.each<[string, Partial<Plan>, number]>([
    ['a reading each 10 s', { cadenceS: 10 }, 77_760],
    ['a reading each 60 s', {}, 12_960],
    ['a batch each 15 minutes', { uplink: 'batch' }, 864],
  ])('for rules with one action, %s', (_what, plan, usd) => {
    expect(dollars({ ...plan, store: 'blocks' }, 'rules')).toBe(usd);
  });

  it.each<[string, number, number, number]>([
    ['10 s', 259.2e9, 1, 11_865],
    ['60 s', 43.2e9, 1, 3038],
    ['15 minutes', 2.88e9, 3, 1018],
  ])('for the stream at a message each %s', (_what, messages, kb, usd) => {
    expect(Math.round(streamUsd(messages, kb))).toBe(usd);
  });

  it('for a history of rows of several quantities, written in hundreds: the facts keep 6 hours in memory', () => {
    const rows = (points: number) => timestreamUsd({ points, bytes: 160, kib: 12 / 100, memoryHours: 6, units: 4 });
    const rounded = (points: number) => Object.values(rows(points)).map(Math.round);
    expect(rounded(43.2e9)).toEqual([2592, 1390, 2317, 1492]);
    expect(rounded(259.2e9)).toEqual([15_552, 8343, 13_905, 1492]);
  });

  it('for a history whose readings a rule writes one by one', () => {
    expect(dollars({}, 'history: writes')).toBe(21_600);
  });

  it('for signing in, by either tier', () => {
    expect(dollars({}, 'sign-in')).toBe(4635);
    expect(dollars({ signIn: 'ESSENTIALS' }, 'sign-in')).toBe(14_850);
  });
});

describe('the way in', () => {
  it.each(['reading', 'batch'] as const)(
    'is cheaper by a stream from so many messages a second on, and dearer below (%s)',
    (uplink) => {
      const at = crossoverPerS(uplink);
      const cadenceS = uplink === 'batch' ? 900 : 60;
      const cost = (perS: number, mode: Plan['mode']): number =>
        totalUsd(ingestUsd({ ...MILLION, uplink, cadenceS, homes: perS * cadenceS, mode }));
      expect(cost(at + 0.2, 'stream')).toBeLessThan(cost(at + 0.2, 'direct'));
      expect(cost(at - 0.2, 'stream')).toBeGreaterThan(cost(at - 0.2, 'direct'));
    },
  );

  it('is by a stream from some hundreds of homes on, log lines and traces of each call included', () => {
    expect(crossoverPerS('reading') * 60).toBeGreaterThan(300);
    expect(crossoverPerS('reading') * 60).toBeLessThan(1000);
    const { 'ingest: log': log = 0, 'ingest: calls': calls = 0 } = ingestUsd({ ...MILLION, mode: 'direct' });
    expect(log).toBeGreaterThan(2 * calls);
  });

  it('costs a home a fraction in batches of what it costs reading by reading', () => {
    for (const [store, times] of [
      ['timestream', 1.9],
      ['blocks', 2.5],
    ] as const) {
      const [reading, batch] = (['reading', 'batch'] as const).map((uplink) =>
        totalUsd(monthly({ ...MILLION, store, uplink })),
      );
      expect((reading ?? 0) / (batch ?? 1)).toBeGreaterThan(times);
    }
  });
});

describe('as homes are added', () => {
  const grown = growth({ cadenceS: 60, uplink: 'batch', store: 'blocks', signIn: 'ESSENTIALS' });

  it('the bill grows with them and no faster, but for the first ten thousand that sign in for nothing', () => {
    expect(grown.map(({ homes }) => homes)).toEqual([1e3, 1e4, 1e5, 1e6, 1e7]);
    const [, , tenth, million, tenfold] = grown.map(({ usdPerHome }) => usdPerHome);
    expect((million ?? 1) / (tenth ?? 1)).toBeCloseTo(1, 1);
    expect(tenfold ?? 1).toBeLessThan(million ?? 0);
  });

  it('is that of the cheaper mode', () => {
    for (const { homes, mode, usd } of grown) {
      const plan = { ...MILLION, homes, uplink: 'batch', store: 'blocks', signIn: 'ESSENTIALS' } as const;
      expect(cheaperMode(plan)).toBe(mode);
      expect(usd).toBe(
        Math.min(...(['direct', 'stream'] as const).map((one) => totalUsd(monthly({ ...plan, mode: one })))),
      );
    }
  });
});

it('every price says what it is of, on which page and when it was read', () => {
  for (const { usd, per, source, asOf } of Object.values(PRICES)) {
    expect(usd).toBeGreaterThan(0);
    expect(per).not.toBe('');
    expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/[\w/-]+\/pricing\/$/);
    expect(asOf).toMatch(/^2026-\d\d-\d\d$/);
  }
});
