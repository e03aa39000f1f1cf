import { ASSUMED_SUPPLY } from '@hems/models/household/supply';
import { progressiveRates } from '@hems/models/tariff/progressive';
import { supplyBill } from '@hems/models/tariff/supply-bill';
import { tierBarOf } from '@hems/models/tariff/tier-bar';
import { describe, expect, it } from 'vitest';
import type { RunningBill } from '../api/bill.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koBill } from '../i18n/ko/bill.ts';
import { ko as koReasons } from '../i18n/ko/reasons.ts';
import { ko as koSavings } from '../i18n/ko/savings.ts';
import { aRunningBill } from '../testing/money-answers.ts';
import { billSummaryCard, type BillSummaryView } from './bill-summary.ts';
import { isFilled, type Loaded } from './card.ts';
import { ownTier } from './tier-bar.ts';

const WORDS = { bill: { t: ko, reasons: koReasons, s: koBill }, s: koSavings };
const loaded = (data: RunningBill | undefined): Loaded<RunningBill> => ({ data, error: null, paused: false, atMs: 0 });
const view = (over: Partial<RunningBill> = {}): BillSummaryView => {
  const card = billSummaryCard(loaded(aRunningBill(over)), WORDS);
  if (!isFilled(card)) throw new Error(card.state);
  return card.content;
};
const bar = aRunningBill().tierBar!;

describe('the bill on the home screen', () => {
  it('is told so far and at the meter reading, as a range', () => {
    expect(view()).toMatchObject({
      won: '₩27,600',
      projected: { won: '₩36,900', range: '₩30,800–₩44,200' },
      notProjected: undefined,
    });
  });

  it('says how far it is to the next tier, and when it is crossed once that is likely', () => {
    expect(view().tiers).toBe('1단계, 2단계까지 24 kWh · 11월 25일쯤 도달');
    expect(view({ tierBar: { ...bar, crossing: { ...bar.crossing!, alert: false } } }).tiers).toBe(
      '1단계, 2단계까지 24 kWh',
    );
    expect(view({ tierBar: { ...bar, usedKwh: 201, crossing: null } }).tiers).toBe('2단계, 3단계까지 199 kWh');
    expect(view({ tierBar: { ...bar, usedKwh: 460, crossing: null } }).tiers).toBe('3단계, 가장 높은 단계');
    expect(view({ tierBar: null }).tiers).toBeUndefined();
  });

  it('is in the lower tier at a limit, as the bill is: the crossing that is told with it is the one into the next', () => {
    expect(view({ tierBar: { ...bar, usedKwh: 199 } }).tiers).toBe('1단계, 2단계까지 1 kWh · 11월 25일쯤 도달');
    const at = view({ tierBar: { ...bar, usedKwh: 200 } });
    expect(at.tiers).toBe('1단계를 다 썼어요, 더 쓰면 2단계');
    expect(at.tierBar?.used).toBe('지금까지 200 kWh, 1단계예요.');
    expect(view({ tierBar: { ...bar, usedKwh: 400 } }).tierBar?.used).toBe('지금까지 400 kWh, 2단계예요.');
  });

  it.each([0, 199, 200, 201, 399, 400, 401])('is in the tier that the bill names at %d kWh', (usedKwh) => {
    const november = { from: '2026-11-01', to: '2026-11-30' };
    const bill = supplyBill(ASSUMED_SUPPLY, november, { importWh: usedKwh * 1000, exportWh: 0, carriedKwh: 0 });
    const rates = progressiveRates[ASSUMED_SUPPLY.voltage](november.from, november.to);
    if (bill.status !== 'priced' || 'status' in rates) throw new Error('November is priced');
    const tierBar = tierBarOf(rates, usedKwh, null);
    expect(ownTier(tierBar).tier).toBe(bill.tier);
    // the tiers that the service tells are those of the fixture
    expect(tierBar.tiers).toEqual(bar.tiers);
  });

  it('says that it is provisional, and by a contract nobody stated', () => {
    const { toDate } = aRunningBill();
    if (toDate.status !== 'priced') throw new Error(toDate.status);
    expect(view({ toDate: { ...toDate, provisional: true } })).toMatchObject({ provisional: true, assumed: true });
    const stated = view({ toDate: { ...toDate, provisional: false }, supplyAssumed: false });
    expect(stated).toMatchObject({ provisional: false, assumed: false });
  });

  it('says that nothing is projected instead of a number', () => {
    const projected = { status: 'refused', code: 'insufficient-history', detail: 'x' } as const;
    expect(view({ projected })).toMatchObject({
      projected: undefined,
      notProjected: koBill.noProjection,
    });
  });

  it('is partial where days are missing, and empty where all are', () => {
    const missing = (missingDays: number) =>
      billSummaryCard(loaded(aRunningBill({ use: { ...aRunningBill().use, missingDays } })), WORDS);
    expect(missing(3)).toMatchObject({ state: 'partial', note: koBill.missingDays(3) });
    expect(missing(22)).toMatchObject({ state: 'empty' });
    expect(billSummaryCard(loaded(undefined), WORDS).state).toBe('loading');
  });
});
