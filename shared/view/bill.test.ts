import { supplyBill } from '@hems/models/tariff/supply-bill';
import { ASSUMED_SUPPLY } from '@hems/models/household/supply';
import { describe, expect, it } from 'vitest';
import type { RunningBill } from '../api/bill.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koBill } from '../i18n/ko/bill.ts';
import { ko as koReasons } from '../i18n/ko/reasons.ts';
import { aRunningBill, aSupply } from '../testing/money-answers.ts';
import { billCard, type BillView } from './bill.ts';
import { isFilled, type Card, type Loaded } from './card.ts';
import { supplyFacts } from './supply.ts';
import { draftOf, supplyOf, toggled } from './supply-form.ts';

const WORDS = { t: ko, s: koBill, reasons: koReasons };
const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: 0 });
const card = (over: Partial<RunningBill> = {}): Card<BillView> => billCard(loaded(aRunningBill(over)), WORDS);
const view = (over: Partial<RunningBill> = {}): BillView => {
  const shown = card(over);
  if (!isFilled(shown)) throw new Error(shown.state);
  return shown.content;
};

describe('the bill of a running period', () => {
  it('is told to date, and to the meter reading as a range in words', () => {
    const { period, passed, used, priced, projection } = view();
    expect([period, passed, used]).toEqual([
      '11월 1일 – 11월 30일',
      '30일 중 22일 지남',
      '한전에서 받은 전기 176.2 kWh · 측정값',
    ]);
    expect(priced?.won).toBe('₩27,600');
    expect(projection).toMatchObject({
      won: '₩36,900',
      range: '10번 중 8번은 ₩30,800에서 ₩44,200 사이예요.',
      use: '사용량으로는 221–262 kWh예요.',
      how: '계산 방법: 남은 날을 우리 집의 지난 날들처럼 쓴다고 보고 계산 (1판).',
    });
  });

  it('adds up line by line to what is to be paid, leaving out what is zero', () => {
    const bill = supplyBill(
      { ...ASSUMED_SUPPLY, discounts: ['B1'] },
      { from: '2026-10-01', to: '2026-10-31' },
      {
        importWh: 250_000,
        exportWh: 0,
        carriedKwh: 0,
      },
    );
    if (bill.status !== 'priced') throw new Error(bill.status);
    const { priced } = view({ toDate: bill });
    expect(priced?.lines.map(({ name, won }) => `${name} ${won}`)).toEqual([
      '기본요금 ₩1,600',
      '전력량요금 ₩34,730',
      '기후환경요금 ₩2,250',
      '연료비조정액 ₩1,250',
      '할인·감액 −₩16,000',
      '장애인·유공자 −₩16,000',
      '전기요금 계 ₩23,830',
      '부가가치세 ₩2,383',
      '전력산업기반기금 ₩640',
      '10원 미만 버림 −₩3',
      '청구 금액 ₩26,850',
    ]);
    expect(priced?.lines.map(({ role }) => role)).toContain('part');
    expect(priced?.linesTitle).toBe('10월 1일 – 10월 31일 요금 내역');
  });

  it('names what the next kWh costs', () => {
    expect(view().priced?.marginal).toEqual([{ name: '1 kWh를 더 쓰면', won: '₩150' }]);
  });

  it('says why it is provisional in words, and in those of the service where the code is new', () => {
    const bill = aRunningBill().toDate;
    if (bill.status !== 'priced') throw new Error(bill.status);
    const provisionalReasons = [
      { code: 'O16', reason: 'the fuel adjustment is not announced' },
      { code: 'O99', reason: 'something new' },
    ];
    const { priced } = view({ toDate: { ...bill, provisional: true, provisionalReasons } });
    expect(priced).toMatchObject({ provisional: true, doubts: [koBill.doubt.O16, 'something new'] });
  });

  it('leaves days without a record out and says so; without any it is empty', () => {
    const use = { importWh: 160_000, exportWh: 0, missingDays: 2, quality: 'estimated' as const };
    expect(card({ use })).toMatchObject({ state: 'partial', note: koBill.missingDays(2) });
    expect(card({ use: { ...use, missingDays: 22 } })).toEqual({ state: 'empty', ...koBill.nothingYet });
  });

  it('that cannot be priced or projected says why, and gives no figure in its place', () => {
    const unsupported = { status: 'unsupported', code: 'tou-high-voltage', reason: 'low voltage only' } as const;
    const projected = { status: 'refused', code: 'insufficient-history', detail: '3 days' } as const;
    expect(view({ toDate: unsupported, projected, tierBar: null })).toMatchObject({
      priced: undefined,
      unpriced: koBill.unsupported['tou-high-voltage'],
      projection: { status: 'refused', reason: koReasons.refusal['insufficient-history'] },
    });
  });

  it('of a period that is over is final in its days and projects nothing', () => {
    const { period } = aRunningBill();
    const over = view({ period: { ...period, daysPassed: 30 }, projected: null, tierBar: null });
    expect(over).toMatchObject({ isOver: true, passed: '30일 · 끝난 기간', projection: undefined });
  });
});

describe('the tier bar', () => {
  const tierBar = aRunningBill().tierBar!;

  it('fills the tiers up to the use, and fills the whole width with them', () => {
    const { tiers, used, expected } = view().tierBar!;
    expect(tiers.map(({ name, limit }) => [name, limit])).toEqual([
      ['1단계', '200'],
      ['2단계', '400'],
      ['3단계', undefined],
    ]);
    expect(tiers.map(({ usedPercent }) => usedPercent)).toEqual([88, 0, 0]);
    expect(tiers.reduce((sum, { widthPercent }) => sum + widthPercent, 0)).toBeCloseTo(100);
    expect([used, expected]).toEqual(['지금까지 176 kWh, 1단계예요.', '검침일에는 221–262 kWh가 될 것 같아요.']);
  });

  it('has reached a tier once its limit is passed, not before', () => {
    const reached = (usedKwh: number) =>
      view({ tierBar: { ...tierBar, usedKwh } }).tierBar!.tiers.map((one) => one.reached);
    expect([0, 200, 201, 400, 401].map(reached)).toEqual([
      [true, false, false],
      [true, false, false],
      [true, true, false],
      [true, true, false],
      [true, true, true],
    ]);
    expect(view({ tierBar: { ...tierBar, usedKwh: 300 } }).tierBar!.tiers[1]?.usedPercent).toBe(50);
  });

  it('tells the day of crossing when it is likely, with its range', () => {
    expect(view().tierBar!.crossing).toEqual([
      '11월 25일 (수)쯤 200 kWh를 넘어 2단계로 올라갈 것 같아요 (가능성 100%).',
      '10번 중 8번은 11월 24일 (화)에서 11월 26일 (목) 사이예요.',
    ]);
  });

  it('speaks of a chance when it is not', () => {
    const crossing = {
      ...tierBar.crossing!,
      intoTier: 3 as const,
      atKwh: 400,
      likelyPercent: 24,
      alert: false,
      latest: null,
    };
    expect(view({ tierBar: { ...tierBar, crossing } }).tierBar!.crossing).toEqual([
      '400 kWh를 넘어 3단계로 올라갈 가능성이 24% 있어요. 넘는다면 11월 25일 (수)쯤이에요.',
      '빠르면 11월 24일 (화)이고, 넘지 않을 수도 있어요.',
    ]);
    expect(view({ tierBar: { ...tierBar, crossing: null } }).tierBar!.crossing).toEqual([koBill.noCrossing]);
  });

  it('says nothing of what is to come where nothing is projected', () => {
    const { projected, expected, crossing } = view({
      tierBar: { ...tierBar, projectedKwh: null, crossing: null },
    }).tierBar!;
    expect([projected, expected, crossing]).toEqual([undefined, undefined, []]);
  });
});

describe('the contract', () => {
  it('is told in words', () => {
    const { supply } = aSupply();
    expect(
      supplyFacts({ ...supply, discounts: ['A1', 'B5'], readingDay: 'month-end' }, WORDS).map(({ value }) => value),
    ).toEqual(['주택용 저압', '누진제', '매월 말일', '대가족·다자녀·출산가구, 차상위계층']);
  });

  it('comes out of the form as it went in', () => {
    const tou = { ...ASSUMED_SUPPLY, plan: { plan: 'tou' as const, contractKw: 5 }, movedIn: '2026-11-04' };
    const left = { ...ASSUMED_SUPPLY, movedOut: '2026-11-20' };
    for (const supply of [ASSUMED_SUPPLY, tou, left]) expect(supplyOf(draftOf(supply))).toEqual({ supply });
  });

  it.each(['0', '1001', '3.5', '-1', ''])('of "%s" kW cannot be saved', (contractKw) => {
    expect(supplyOf({ ...draftOf(ASSUMED_SUPPLY), plan: 'tou', contractKw })).toEqual({ fault: 'contractKw' });
    expect(supplyOf({ ...draftOf(ASSUMED_SUPPLY), contractKw })).toEqual({ supply: ASSUMED_SUPPLY });
  });

  it.each(['2026-02-30', '26-11-01', 'soon'])('with a move on "%s" cannot be saved', (movedIn) => {
    expect(supplyOf({ ...draftOf(ASSUMED_SUPPLY), movedIn })).toEqual({ fault: 'movedIn' });
  });

  it('ticks and unticks a discount', () => {
    expect([toggled(['A1'], 'B1'), toggled(['A1', 'B1'], 'A1')]).toEqual([['A1', 'B1'], ['B1']]);
  });
});
