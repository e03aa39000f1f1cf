import { describe, expect, it } from 'vitest';
import { crossoverPerS, ingestUsd, monthly, streamUsd, totalUsd, type Plan } from '../cost/monthly.ts';

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

  it.each<[string, Partial<Plan>, number]>([
    ['10 s', { cadenceS: 10 }, 1486],
    ['60 s', {}, 248],
    ['15 minutes', { uplink: 'batch' }, 17],
  ])('for calls of 500 messages at a message each %s', (_what, plan, usd) => {
    expect(Math.round(ingestUsd({ ...MILLION, ...plan })['ingest, a call for 500 messages'] ?? 0)).toBe(usd);
  });

  it('for the history: writes in hundreds, the magnetic store, four compute units', () => {
    expect(dollars({ uplink: 'batch' }, 'history: writes')).toBe(2592);
    expect(dollars({}, 'history: writes')).toBe(21_600);
    expect(dollars({}, 'history: magnetic store, 12 months')).toBe(2317);
    expect(dollars({ cadenceS: 10 }, 'history: magnetic store, 12 months')).toBe(13_905);
    expect(dollars({}, 'history: 4 compute units')).toBe(1492);
    // the facts keep 6 hours in memory, we keep 24
    expect(dollars({}, 'history: memory store') / 4).toBeCloseTo(1390, -1);
  });

  it('for signing in, by either tier', () => {
    expect(dollars({}, 'sign-in')).toBe(4635);
    expect(dollars({ signIn: 'ESSENTIALS' }, 'sign-in')).toBe(14_850);
  });
});

describe('the way in', () => {
  it('is cheaper by a stream from some tens of messages a second on, and dearer below', () => {
    const at = crossoverPerS();
    expect(at).toBeGreaterThan(10);
    expect(at).toBeLessThan(200);
    const cost = (perS: number, mode: Plan['mode']): number =>
      totalUsd(ingestUsd({ ...MILLION, homes: perS * 60, mode }));
    expect(cost(at + 1, 'stream')).toBeLessThan(cost(at + 1, 'direct'));
    expect(cost(at - 2, 'stream')).toBeGreaterThan(cost(at - 2, 'direct'));
  });

  it('costs a home a fraction in batches of what it costs reading by reading', () => {
    for (const store of ['timestream', 'blocks'] as const) {
      const [reading, batch] = (['reading', 'batch'] as const).map((uplink) =>
        totalUsd(monthly({ ...MILLION, store, uplink })),
      );
      expect((reading ?? 0) / (batch ?? 1)).toBeGreaterThan(2);
    }
  });
});
