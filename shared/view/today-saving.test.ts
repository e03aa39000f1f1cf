import { describe, expect, it } from 'vitest';
import type { Today } from '../api/today.ts';
import { ApiError } from '../errors/api-error.ts';
import { en } from '../i18n/en.ts';
import { en as enReasons } from '../i18n/en/reasons.ts';
import { en as enToday } from '../i18n/en/today.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koReasons } from '../i18n/ko/reasons.ts';
import { ko as koToday } from '../i18n/ko/today.ts';
import { aToday, NOW_MS } from '../testing/answers.ts';
import type { Loaded } from './card.ts';
import { againstUsual, todayCards, type TodayWords } from './today-saving.ts';

const KO: TodayWords = { t: ko, s: koToday, reasons: koReasons };
const EN: TodayWords = { t: en, s: enToday, reasons: enReasons };
const loaded = (data: Today): Loaded<Today> => ({ data, error: null, paused: false, atMs: 0 });
const cards = (over: Partial<Today> = {}, words = KO) => todayCards(loaded(aToday(over)), NOW_MS, words);

type Saved = Extract<Today['saving'], { status: 'saved' }>;
const saved = (over: Partial<Saved>): Partial<Today> => {
  const { saving } = aToday();
  if (saving.status !== 'saved') throw new Error('the fixture has a saving');
  return { saving: { ...saving, ...over } };
};
const refused = (code: string, detail = 'why'): Partial<Today> => ({
  saving: { status: 'refused', method: 'any', version: 1, code, detail },
});

describe('what today has saved so far', () => {
  it('comes in won first, then in energy, with the time it goes up to and that it may change', () => {
    expect(cards().saving).toMatchObject({
      state: 'ready',
      content: {
        won: { amount: '₩230', direction: 'less' },
        energy: { amount: '1.2 kWh', direction: 'less' },
        headline: koToday.headline.less,
        until: expect.stringContaining('오후 3:00'),
      },
    });
  });

  it('tells the use it was held against: usual, and its own up to the same time', () => {
    const { saving } = cards({}, EN);
    const why = saving.state === 'ready' ? saving.content.why : [];
    expect(why[0]).toContain('8.6 kWh');
    expect(why[0]).toContain('7.4 kWh');
    expect(why.join(' ')).toContain('5 similar days');
  });

  it('says neutrally that more was used', () => {
    expect(cards(saved({ savedWh: -1200, worthWon: -230 })).saving).toMatchObject({
      content: {
        won: { amount: '₩230', direction: 'more' },
        energy: { amount: '1.2 kWh', direction: 'more' },
        headline: koToday.headline.more,
      },
    });
  });

  it.each([
    [49, 'same'],
    [50, 'less'],
    [-49, 'same'],
    [-50, 'more'],
    [0, 'same'],
  ] as const)('of %i Wh has one direction for won, energy and CO2: %s', (savedWh, direction) => {
    const { saving, co2 } = cards(
      saved({ savedWh, worthWon: Math.trunc(savedWh / 5), savedCo2G: Math.trunc(savedWh / 2) }),
    );
    expect(saving).toMatchObject({
      content: { won: { direction }, energy: { direction }, headline: koToday.headline[direction] },
    });
    expect(co2).toMatchObject({ content: { saved: { direction, word: koToday.co2[direction] } } });
  });

  it('has no won where no price is known, and does not call that 0', () => {
    expect(cards(saved({ worthWon: null })).saving).toMatchObject({
      content: { won: undefined, noPrice: koToday.noPrice },
    });
  });

  it.each(Object.keys(koToday.refused))('is refused for %s in words of its own', (code) => {
    const { saving } = cards(refused(code));
    expect(saving).toEqual({ state: 'empty', ...koToday.refused[code as keyof typeof koToday.refused] });
  });

  it('is refused in the words of the baselines, or in those of the service where no others are known', () => {
    expect(cards(refused('estimated-history')).saving).toMatchObject({
      title: koToday.refusedOther,
      text: koReasons.refusal['estimated-history'],
    });
    expect(cards(refused('of-the-future', 'a reason')).saving).toMatchObject({ text: 'a reason' });
  });
});

describe('what today used, cost and emitted', () => {
  it('is the use of the home with what it added to the bill', () => {
    expect(cards().use).toMatchObject({ state: 'ready', content: { used: '오늘 ₩1,410 · 7.4 kWh' } });
    expect(cards({ costWon: null }).use).toMatchObject({ content: { used: '오늘 7.4 kWh' } });
    expect(cards({ loadWh: null }).use).toMatchObject({ state: 'empty' });
    expect(cards({ quality: 'estimated', missingSlots: 1 }).use).toMatchObject({
      state: 'partial',
      note: koToday.missing,
    });
  });

  it('sets the won beside the energy that they are of, where roof or battery gave the rest', () => {
    expect(cards({ loadWh: 6700, importWh: 2100, costWon: 300 }).use).toMatchObject({
      content: { used: '오늘 한전에서 ₩300 · 2.1 kWh, 집 전체 6.7 kWh' },
    });
    expect(cards({ loadWh: 6700, importWh: 2100, costWon: null }).use).toMatchObject({
      content: { used: '오늘 6.7 kWh' },
    });
  });

  it('is the CO2 of the grid use, with what was saved of it where that can be told', () => {
    expect(cards().co2).toMatchObject({
      content: { saved: { amount: '0.5 kg', direction: 'less' }, footprint: koToday.co2.footprint('오늘', '3.1 kg') },
    });
    expect(cards(refused('missing-use')).co2).toMatchObject({ state: 'ready', content: { saved: undefined } });
    expect(cards({ ...refused('nothing-yet'), footprintG: null }).co2).toMatchObject({ state: 'empty' });
  });

  it('shares the fate of its query', () => {
    const denied = { data: undefined, error: new ApiError('no-permission', 'test'), paused: false, atMs: 0 };
    const { saving, use, co2 } = todayCards(denied, NOW_MS, KO);
    expect([saving.state, use.state, co2.state]).toEqual(['no-permission', 'no-permission', 'no-permission']);
  });
});

describe('the power now against the usual', () => {
  it.each([
    [1150, 1000, 'above', koToday.usual.above(15)],
    [1090, 1000, 'same', koToday.usual.same],
    [850, 1000, 'below', koToday.usual.below(15)],
    // a few watts of standby
    [60, 40, 'same', koToday.usual.same],
    [0, 500, 'below', koToday.usual.below(100)],
  ] as const)('%i W where %i W are usual is %s', (powerW, usualW, direction, text) => {
    expect(againstUsual(powerW, usualW, KO)).toEqual({ direction, text });
  });

  it('is not told where one of the two is not known', () => {
    expect([againstUsual(null, 500, KO), againstUsual(500, null, KO), againstUsual(500, 0, KO)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
