import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentAnswer, PaymentOrder, Payments } from '../../ports/payments.ts';

export type PaymentsUnderTest = {
  readonly payments: Payments;
  /** the rail's clock moves to this moment, epoch ms */
  setMs(ms: number): void;
  /** what the rail will answer of this order, or answers now when it has taken it before */
  decides(order: PaymentOrder, answer: PaymentAnswer): Promise<void>;
  close(): Promise<void>;
};

const order = (over: Partial<PaymentOrder> = {}): PaymentOrder => ({
  key: 'home-1.payout-1',
  householdId: 'home-1',
  unit: 'won',
  amount: 3000,
  ...over,
});
const ALWAYS = { fromMs: Date.UTC(2026, 0), toMs: Date.UTC(2027, 0) };
const NOON = Date.UTC(2026, 10, 22, 3);

/** What every `Payments` promises; see `ports/payments.ts`. */
export const paymentsContract = (name: string, make: () => Promise<PaymentsUnderTest>): void => {
  describe(`Payments: ${name}`, () => {
    let rail: PaymentsUnderTest;
    beforeEach(async () => {
      rail = await make();
      rail.setMs(NOON);
    });
    afterEach(() => rail.close());

    /** Orders, lets the rail decide, and answers what it says of it in the end. */
    const settled = async (of: PaymentOrder, answer: PaymentAnswer) => {
      await rail.decides(of, answer);
      const first = await rail.payments.pay(of);
      if (first === 'taken') await rail.decides(of, answer);
      return rail.payments.find(of.key);
    };

    it('has never heard of a key that it was not called with', async () => {
      expect(await rail.payments.find('home-1.never')).toBe('never-heard');
      expect(await rail.payments.payments(ALWAYS)).toEqual([]);
    });

    it.each(['paid', 'declined'] as const)(
      'says of an order that it is %s, to the call and to the question',
      async (answer) => {
        expect(await settled(order(), answer)).toBe(answer);
        expect(await rail.payments.pay(order())).toBe(answer);
        expect(await rail.payments.find(order().key)).toBe(answer);
      },
    );

    it('pays a key once, however often and however many at once call with it', async () => {
      await settled(order(), 'paid');
      await Promise.all([rail.payments.pay(order()), rail.payments.pay(order()), rail.payments.pay(order())]);
      expect(await rail.payments.payments(ALWAYS)).toEqual([{ key: order().key, unit: 'won', amount: 3000 }]);
    });

    it('pays a key once when the first calls come at once', async () => {
      await rail.decides(order(), 'paid');
      await Promise.all([1, 2, 3, 4].map(() => rail.payments.pay(order())));
      await settled(order(), 'paid');
      expect(await rail.payments.payments(ALWAYS)).toHaveLength(1);
    });

    it('never pays a key that it declined', async () => {
      await settled(order(), 'declined');
      expect(await rail.payments.pay(order())).toBe('declined');
      expect(await rail.payments.payments(ALWAYS)).toEqual([]);
    });

    it('refuses a known key over another amount or in another unit, and pays nothing by it', async () => {
      await settled(order(), 'paid');
      await expect(rail.payments.pay(order({ amount: 3001 }))).rejects.toThrow(/was ordered over 3000 won/);
      await expect(rail.payments.pay(order({ unit: 'points' }))).rejects.toThrow(/was ordered over 3000 won/);
      expect(await rail.payments.payments(ALWAYS)).toHaveLength(1);
    });

    it('reports what it paid from the first moment of a range to before its last, over a change of month', async () => {
      const at = [
        [Date.UTC(2026, 9, 31, 14, 59, 59, 999), 'home-1.october'],
        [Date.UTC(2026, 9, 31, 15), 'home-1.november'],
        [NOON, 'home-2.november'],
      ] as const;
      for (const [ms, key] of at) {
        rail.setMs(ms);
        await settled(order({ key }), 'paid');
      }
      await settled(order({ key: 'home-3.none' }), 'declined');
      const keys = async (fromMs: number, toMs: number) =>
        (await rail.payments.payments({ fromMs, toMs })).map(({ key }) => key).toSorted();
      expect(await keys(at[0][0], NOON)).toEqual(['home-1.november', 'home-1.october']);
      expect(await keys(at[1][0], NOON + 1)).toEqual(['home-1.november', 'home-2.november']);
      expect(await keys(NOON + 1, NOON + 1000)).toEqual([]);
    });
  });
};
