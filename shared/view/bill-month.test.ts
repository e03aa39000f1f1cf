import { describe, expect, it } from 'vitest';
import type { RunningBill } from '../api/bill.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koBill } from '../i18n/ko/bill.ts';
import { ko as koReasons } from '../i18n/ko/reasons.ts';
import { ko as koSavings } from '../i18n/ko/savings.ts';
import { aRunningBill } from '../testing/money-answers.ts';
import { billCard } from './bill.ts';
import { billMonthCard, type BillMonthView } from './bill-month.ts';
import { billSummaryCard } from './bill-summary.ts';
import { isFilled, type Card, type Loaded } from './card.ts';

const WORDS = { t: ko, s: koBill, reasons: koReasons };
const loaded = (data: RunningBill): Loaded<RunningBill> => ({ data, error: null, paused: false, atMs: 0 });
const contentOf = <T>(card: Card<T>): T => {
  if (!isFilled(card)) throw new Error(card.state);
  return card.content;
};
const view = (over: Partial<RunningBill> = {}): BillMonthView =>
  contentOf(billMonthCard(loaded(aRunningBill(over)), WORDS));

describe('what the billing period is expected to come to', () => {
  it('is told in won, then in kWh, each with its range, and for which days', () => {
    expect(view()).toEqual({
      period: '11월 1일 – 11월 30일',
      projected: {
        won: '₩36,900',
        range: '10번 중 8번은 ₩30,800에서 ₩44,200 사이예요.',
        use: '검침일에는 221–262 kWh가 될 것 같아요.',
      },
      lacking: undefined,
    });
  });

  it('is the figure of the home screen and of the bill page, also where what the sun left over is set off', () => {
    const bar = aRunningBill().tierBar!;
    // 40 kWh of what is drawn is set off: tiers and bill go by the rest
    const answer = aRunningBill({ tierBar: { ...bar, projectedKwh: { low: 181, middle: 200, high: 222 } } });
    const own = contentOf(billMonthCard(loaded(answer), WORDS)).projected;
    const page = contentOf(billCard(loaded(answer), WORDS));
    const home = contentOf(billSummaryCard(loaded(answer), { bill: WORDS, s: koSavings }));
    expect(page.projection).toMatchObject({ won: own?.won, range: own?.range });
    expect([home.projected?.won, home.tierBar?.expected]).toEqual([own?.won, own?.use]);
    expect(own?.use).toContain('181–222 kWh');
  });

  it('is told of a plan without tiers by what is drawn', () => {
    expect(view({ tierBar: null }).projected?.use).toBe('사용량으로는 221–262 kWh예요.');
  });

  it('is not there where it cannot be said, and why is', () => {
    const refused = (code: string) => ({ status: 'refused' as const, code, detail: 'in English' });
    expect(view({ projected: refused('insufficient-history') })).toMatchObject({
      projected: undefined,
      lacking: koReasons.refusal['insufficient-history'],
    });
    const toDate = { status: 'unsupported' as const, code: 'tou-high-voltage' as const, reason: 'in English' };
    expect(view({ toDate, projected: refused('tou-high-voltage') }).lacking).toBe(
      koBill.unsupported['tou-high-voltage'],
    );
    expect(view({ projected: null }).lacking).toBe(koBill.noProjection);
  });

  it('says of how many days nothing is known', () => {
    const card = (missingDays: number) =>
      billMonthCard(loaded(aRunningBill({ use: { ...aRunningBill().use, missingDays } })), WORDS);
    expect(card(3)).toMatchObject({ state: 'partial', note: koBill.missingDays(3) });
    expect(card(22)).toEqual({ state: 'empty', ...koBill.nothingYet });
  });
});
