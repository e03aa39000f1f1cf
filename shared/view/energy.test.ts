import * as fc from 'fast-check';
import { HOUR_MS } from '@hems/models/calendar/seoul';
import { describe, expect, it } from 'vitest';
import { ko } from '../i18n/ko.ts';
import { ko as koEnergy } from '../i18n/ko/energy.ts';
import { aDayOfUsage, aToday, NOW_MS } from '../testing/answers.ts';
import { daysOfUsage, someDays, TODAY } from '../testing/money-answers.ts';
import { isFilled, type Loaded } from './card.ts';
import { energyCard, type EnergyView } from './energy.ts';
import { axisText, type EnergyAsked } from './energy-bar.ts';
import type { EnergyAnswer } from './energy-series.ts';
import type { Span } from './energy-span.ts';

const WORDS = { t: ko, s: koEnergy };
const NOVEMBER: Span = { from: '2026-11-01', to: '2026-11-30' };
const OCTOBER: Span = { from: '2026-10-01', to: '2026-10-31' };

const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: NOW_MS });
const asked = (over: Partial<EnergyAsked> = {}): EnergyAsked => ({
  scope: 'month',
  unit: 'kwh',
  span: NOVEMBER,
  comparison: 'none',
  nowMs: NOW_MS,
  ...over,
});
const card = (
  answer: EnergyAnswer,
  over: Partial<EnergyAsked> = {},
  other?: { span: Span; loaded: Loaded<EnergyAnswer> },
) => energyCard({ ...asked(over), own: loaded(answer), ...(other && { other }) }, WORDS);
const view = (...of: Parameters<typeof card>): EnergyView => {
  const shown = card(...of);
  if (!isFilled(shown)) throw new Error(shown.state);
  return shown.content;
};

describe('the energy of a month', () => {
  it('is a bar a day and their sum, with today so far and nothing yet for the days to come', () => {
    const { total, bars, notes } = view({ usage: daysOfUsage(NOVEMBER) });
    expect(total).toBe('176.0 kWh');
    expect(bars).toHaveLength(30);
    expect(bars[2]).toMatchObject({
      name: '11월 3일 (화)',
      valueText: '8.0 kWh',
      stateText: '측정값',
      tick: undefined,
    });
    expect(bars[7]?.tick).toBe('8일');
    expect(bars[21]).toMatchObject({ state: 'known', spoken: '11월 22일 (일) · 8.0 kWh · 지금까지, 측정값' });
    expect(bars[22]).toMatchObject({ state: 'future', value: null, spoken: '11월 23일 (월) · 아직 안 옴' });
    expect(notes).toEqual([]);
  });

  it('says in one sentence what the chart shows', () => {
    const usage = daysOfUsage(NOVEMBER, (date) => (date === '2026-11-07' ? { loadWh: 12_300 } : {}));
    expect(view({ usage }).summary).toBe(
      '2026년 11월 사용량 합계 막대그래프. 합계 180.3 kWh, 가장 많을 때는 11월 7일 (토)에 12.3 kWh까지 올랐어요.',
    );
  });

  it('leaves a day without a record out of the sum and never draws it as zero', () => {
    const usage = daysOfUsage(NOVEMBER, (date) =>
      date === '2026-11-05' ? { loadWh: null, quality: 'missing', missingSlots: 96 } : {},
    );
    const shown = card({ usage });
    expect(shown).toMatchObject({ state: 'partial', note: '기록이 없는 1일은 합계에 들어 있지 않아요.' });
    expect(view({ usage })).toMatchObject({ total: '168.0 kWh', legend: ['known', 'missing'] });
    expect(view({ usage }).bars[4]).toMatchObject({ value: null, state: 'missing', valueText: '기록 없음' });
  });

  it('tells a day that is known in part apart from one that is estimated', () => {
    const usage = daysOfUsage(NOVEMBER, (date) =>
      date === '2026-11-05'
        ? { loadWh: 6000, quality: 'estimated', missingSlots: 20 }
        : date === '2026-11-06'
          ? { quality: 'estimated' }
          : {},
    );
    expect(
      view({ usage })
        .bars.slice(4, 6)
        .map(({ stateText }) => stateText),
    ).toEqual(['일부 누락', '추정값']);
    expect(card({ usage })).toMatchObject({ note: '1일은 일부 시간의 기록이 없어 실제보다 적을 수 있어요.' });
  });

  it('is the same sum by hour, by day and by month', () => {
    const quarters = aDayOfUsage((startMs) => ({ loadWh: 90 + ((startMs / 900_000) % 7) }));
    const hours = Map.groupBy(quarters.intervals, ({ startMs }) => Math.floor(startMs / HOUR_MS) * HOUR_MS);
    const hourly = [...hours].map(([startMs, parts]) => ({
      ...parts[0]!,
      startMs,
      endMs: startMs + HOUR_MS,
      loadWh: parts.reduce((sum, { loadWh }) => sum + (loadWh ?? 0), 0),
    }));
    const yesterday = { from: '2026-11-21', to: '2026-11-21' };
    const day = view({ usage: { ...quarters, grain: 'hour', intervals: hourly } }, { scope: 'day', span: yesterday });
    const dayWh = day.bars.reduce((sum, { value }) => sum + (value ?? 0), 0);
    const usage = daysOfUsage(yesterday, () => ({ loadWh: dayWh }));
    expect(day.bars).toHaveLength(24);
    expect(view({ usage }, { scope: 'week', span: { from: '2026-11-16', to: '2026-11-22' } }).bars[5]?.value).toBe(
      dayWh,
    );
    const month = {
      ...usage,
      grain: 'month' as const,
      intervals: usage.intervals.map((one) => ({ ...one, label: '2026-11' })),
    };
    expect(
      view({ usage: month }, { scope: 'year', span: { from: '2026-01-01', to: '2026-12-31' } }).bars[10]?.value,
    ).toBe(dayWh);
  });

  it('lists grid and solar of a home with a roof, and nothing of the kind elsewhere', () => {
    const usage = daysOfUsage(OCTOBER, () => ({ solarWh: 10_000, exportWh: 4000, importWh: 3000 }));
    expect(view({ usage }, { span: OCTOBER }).facts.slice(1)).toEqual([
      { name: '태양광 발전', value: '310.0 kWh' },
      { name: '한전에서 받음', value: '93.0 kWh' },
      { name: '한전으로 보냄', value: '124.0 kWh' },
    ]);
    expect(view({ usage: daysOfUsage(OCTOBER) }, { span: OCTOBER }).facts).toEqual([
      { name: '하루 평균', value: '8.0 kWh' },
    ]);
  });

  it('lists flows that add up to the total, of a home with a roof and a battery too, whatever days are missing', () => {
    const wh = fc.nat(50_000);
    const day = fc.record({ in: wh, out: wh, solar: wh, charge: wh, discharge: wh, isMissing: fc.boolean() });
    const { flows } = koEnergy;
    const signs = { [flows.exportWh]: -1, [flows.toBatteryWh]: -1 };
    const kwhOf = (text: string): number => Number(text.replaceAll(/[^\d.]/g, ''));
    fc.assert(
      fc.property(fc.array(day, { minLength: 31, maxLength: 31 }), fc.boolean(), (days, hasSolar) => {
        fc.pre(!days.every(({ isMissing }) => isMissing));
        const usage = daysOfUsage(OCTOBER, (date) => {
          const one = days[Number(date.slice(8)) - 1]!;
          const solarWh = hasSolar ? one.solar : null;
          // more went in than out: no home feeds the grid from nothing
          const importWh = one.in + one.out + one.charge;
          const loadWh = importWh + (solarWh ?? 0) + one.discharge - one.out - one.charge;
          const flowsOfDay = {
            importWh,
            exportWh: one.out,
            solarWh,
            toBatteryWh: one.charge,
            fromBatteryWh: one.discharge,
          };
          return {
            ...flowsOfDay,
            ...(one.isMissing ? { loadWh: null, quality: 'missing', missingSlots: 96 } : { loadWh }),
          };
        });
        const { total, facts } = view({ usage }, { span: OCTOBER });
        const told = facts.filter(({ name }) => Object.values(flows).includes(name));
        const sum = told.reduce((all, { name, value }) => all + kwhOf(value) * (signs[name] ?? 1), 0);
        expect(told).toHaveLength(hasSolar ? 5 : 4);
        expect(Math.abs(sum - kwhOf(total))).toBeLessThan(0.31);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a comparison', () => {
  it('of a week that has only begun waits for its first whole day, and does not call the week before unknown', () => {
    const week = { from: '2026-11-16', to: '2026-11-22' };
    const monday = Date.parse('2026-11-16T05:00:00Z');
    const before = { from: '2026-11-09', to: '2026-11-15' };
    const own = { scope: 'week', span: week, comparison: 'before', nowMs: monday } as const;
    const begun = daysOfUsage({ from: '2026-11-16', to: '2026-11-16' });
    const full = { span: before, loaded: loaded<EnergyAnswer>({ usage: daysOfUsage(before) }) };
    expect(view({ usage: begun }, own, full).compared).toEqual([koEnergy.comparedLater]);
    const none = { span: before, loaded: loaded<EnergyAnswer>({ usage: { ...begun, intervals: [] } }) };
    expect(view({ usage: begun }, own, none).compared).toEqual([koEnergy.comparedNone('지난주')]);
  });

  const october = {
    span: OCTOBER,
    loaded: loaded<EnergyAnswer>({ usage: daysOfUsage(OCTOBER, () => ({ loadWh: 10_000 })) }),
  };

  it('holds whole days against whole days: the day that is not over is no saving', () => {
    const { compared, bars } = view({ usage: daysOfUsage(NOVEMBER) }, { comparison: 'before' }, october);
    expect(compared).toEqual(['지난달보다 42.0 kWh 적어요 (20% 감소).', '양쪽 모두 온전히 기록된 21일만 비교했어요.']);
    expect(bars[0]?.spoken).toBe('11월 1일 (일) · 8.0 kWh · 측정값 · 지난달 10.0 kWh');
  });

  it('says "more" in neutral words', () => {
    const usage = daysOfUsage(NOVEMBER, () => ({ loadWh: 11_000 }));
    expect(view({ usage }, { comparison: 'before' }, october).compared[0]).toBe(
      '지난달보다 21.0 kWh 많아요 (10% 증가).',
    );
  });

  it.each([
    [0, ['지난달보다 ₩9,300 많아요.']],
    [-100, ['지난달보다 ₩12,400 많아요.']],
    [400, ['지난달보다 ₩3,100 적어요 (25% 감소).']],
  ])('with days that cost ₩%d tells the amount, and a percentage only of what was paid', (won, said) => {
    const cost = (each: number) => () => ({ cost: { won: each, provisional: false, supplyAssumed: false } });
    const days = someDays(OCTOBER, cost(300));
    const september = { from: '2026-08-31', to: '2026-09-30' };
    const other = { span: september, loaded: loaded<EnergyAnswer>({ days: someDays(september, cost(won)) }) };
    const inWon = { unit: 'won', span: OCTOBER, comparison: 'before' } as const;
    expect(view({ days }, inWon, other).compared).toEqual(said);
  });

  it('with a span that has no record is not made', () => {
    const none = { span: OCTOBER, loaded: loaded<EnergyAnswer>({ usage: { ...daysOfUsage(OCTOBER), intervals: [] } }) };
    expect(view({ usage: daysOfUsage(NOVEMBER) }, { comparison: 'before' }, none).compared).toEqual([
      '지난달의 기록이 없어 비교할 수 없어요.',
    ]);
  });

  it('is left out until the other span is there', () => {
    const waiting = { span: OCTOBER, loaded: { data: undefined, error: null, paused: false, atMs: 0 } };
    expect(view({ usage: daysOfUsage(NOVEMBER) }, { comparison: 'before' }, waiting).compared).toEqual([]);
  });
});

describe('the cost', () => {
  it('of a month is the sum of its days, with today so far', () => {
    const { total, bars, notes, facts } = view({ days: someDays(NOVEMBER), today: aToday() }, { unit: 'won' });
    // 21 days of 1,200 won
    expect(total).toBe('₩26,610');
    expect(bars[0]).toMatchObject({ value: 1200, valueText: '₩1,200' });
    expect(bars[21]).toMatchObject({ value: 1410, spoken: '11월 22일 (일) · ₩1,410 · 지금까지, 측정값' });
    expect(bars[22]).toMatchObject({ state: 'future', value: null });
    expect(notes).toEqual([]);
    expect(facts).toEqual([{ name: '하루 평균', value: '₩1,200' }]);
  });

  it('of a month says so where that of today is not known', () => {
    for (const today of [undefined, aToday({ costWon: null })]) {
      const { total, bars, notes } = view({ days: someDays(NOVEMBER), today }, { unit: 'won' });
      expect(total).toBe('₩25,200');
      expect(bars[21]).toMatchObject({ state: 'future', value: null });
      expect(notes).toEqual([koEnergy.costWithoutToday]);
    }
  });

  it('counts today once, also when it has become one of the days since', () => {
    const today = aToday({ date: '2026-11-21', costWon: 900 });
    expect(view({ days: someDays(NOVEMBER), today }, { unit: 'won' }).total).toBe('₩25,200');
  });

  it('does not take today for one of the days that are not priced', () => {
    const days = someDays(NOVEMBER, (date) => (date === '2026-11-10' ? { cost: undefined } : {}));
    const year = { from: '2026-01-01', to: '2026-12-31' };
    const november = view({ days, today: aToday() }, { unit: 'won', scope: 'year', span: year }).bars[10];
    expect(november).toMatchObject({ value: 20 * 1200 + 1410, state: 'partial' });
  });

  it('of today alone is what it has added to the bill so far', () => {
    const span = { from: TODAY, to: TODAY };
    const none = { ...someDays(NOVEMBER), days: [] };
    const { total, notes } = view({ days: none, today: aToday() }, { unit: 'won', scope: 'day', span });
    expect([total, notes]).toEqual(['₩1,410', [koEnergy.costByDay]]);
  });

  it('of a year is a bar a month, and says when days of a month are not priced', () => {
    const days = someDays({ from: '2026-09-01', to: TODAY }, (date) =>
      date === '2026-09-10' ? { cost: undefined } : {},
    );
    const year = { from: '2026-01-01', to: '2026-12-31' };
    const { bars } = view({ days }, { unit: 'won', scope: 'year', span: year });
    expect(bars.slice(8, 11).map(({ value, state }) => [value, state])).toEqual([
      [29 * 1200, 'partial'],
      [31 * 1200, 'known'],
      [21 * 1200, 'known'],
    ]);
    expect(bars[7]).toMatchObject({ value: null, state: 'missing' });
  });

  it('of a single day is one bar: an hour has no price of its own', () => {
    const yesterday = { from: '2026-11-21', to: '2026-11-21' };
    const { bars, notes } = view({ days: someDays(yesterday) }, { unit: 'won', scope: 'day', span: yesterday });
    expect(bars.map(({ value }) => value)).toEqual([1200]);
    expect(notes).toEqual([koEnergy.costByDay]);
  });

  it('says when it is provisional or rests on an assumed contract', () => {
    const days = someDays(NOVEMBER, () => ({ cost: { won: 1200, provisional: true, supplyAssumed: true } }));
    expect(view({ days, today: aToday() }, { unit: 'won' }).notes).toEqual([
      koEnergy.costProvisional,
      koEnergy.costAssumed,
    ]);
  });
});

describe('the file for a spreadsheet', () => {
  it('holds whole watt hours, leaves unknown fields empty and the days to come out', () => {
    const usage = daysOfUsage(NOVEMBER, (date) => (date === '2026-11-02' ? { loadWh: null, quality: 'missing' } : {}));
    const { name, text } = view({ usage }).csv;
    expect(name).toBe('hems-kwh-2026-11-01-2026-11-30.csv');
    const lines = text.split('\r\n');
    expect(lines.slice(0, 3)).toEqual([
      '\uFEFF구간,사용량(Wh),비교값,구분',
      '11월 1일 (일),8000,,측정값',
      '11월 2일 (월),,,기록 없음',
    ]);
    expect(lines).toHaveLength(24);
  });
});

describe('a span without a record', () => {
  it('is empty, and one that has not begun says so', () => {
    const usage = { ...daysOfUsage(NOVEMBER), intervals: [] };
    expect(card({ usage })).toEqual({ state: 'empty', ...koEnergy.empty });
    const december = { from: '2026-12-01', to: '2026-12-31' };
    expect(card({ usage }, { span: december })).toEqual({ state: 'empty', ...koEnergy.notYet });
  });
});

it('writes the axis without its unit', () => {
  expect([axisText(2000, 'kwh'), axisText(500, 'kwh'), axisText(20_000, 'won')]).toEqual(['2', '0.5', '20,000']);
});
