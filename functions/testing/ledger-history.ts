import fc from 'fast-check';
import type { Fate } from '../adapters/embedded/recorded-payments.ts';
import { CALL_MS } from '../use-cases/dispatch-payouts.ts';
import type { Settling } from '../use-cases/stores/ledger.ts';
import { aSettling } from './ledger.ts';
import type { End } from './mortal.ts';

/** What can happen to the ledgers of two households, in any order, any number of times, at once, with the process ending in between. */
export const HOMES = ['h-1', 'h-2'] as const;
const PAYOUTS = ['payout-0', 'payout-1'] as const;
const FILES = ['file-0', 'file-1'] as const;

type Home = (typeof HOMES)[number];
type Ref = { readonly householdId: Home; readonly payoutId: string };
export type Act =
  | { readonly do: 'settle'; readonly settling: Settling }
  | ({ readonly do: 'ask'; readonly unit: 'won' | 'points'; readonly amount: number } & Ref)
  | ({ readonly do: 'decide'; readonly decision: 'approve' | 'reject' } & Ref)
  | { readonly do: 'confirm'; readonly settling: Settling; readonly amount: number }
  | { readonly do: 'approve-file'; readonly file: string }
  /** `lags`: by an index that tells what it knew the last time */
  | { readonly do: 'sweep'; readonly lags: boolean }
  /** a person answers an order that was to be paid by hand */
  | ({ readonly do: 'answer'; readonly outcome: 'paid' | 'declined' } & Ref);
export type Step =
  | { readonly acts: readonly { readonly act: Act; readonly end: End | undefined }[] }
  | { readonly passesMs: number };
export type History = {
  readonly rail: 'recorded' | 'by hand';
  /** what becomes of the orders, in turn; of the questions: whether they are answered */
  readonly fates: readonly Fate[];
  readonly isFound: readonly boolean[];
  /** for how many turns of the loop a process waits before each call, in turn, when it is not alone */
  readonly turns: readonly number[];
  readonly steps: readonly Step[];
};

const PROGRAMMES: readonly Pick<Settling, 'programme' | 'unit' | 'payer'>[] = [
  { programme: 'challenge', unit: 'won', payer: 'us' },
  { programme: 'target', unit: 'points', payer: 'us' },
  { programme: 'cashback', unit: 'won', payer: 'utility' },
  { programme: 'mission', unit: 'points', payer: 'municipality' },
  { programme: 'shop', unit: 'won', payer: 'partner' },
];

const home = fc.constantFrom(...HOMES);
const ref = fc.record({ householdId: home, payoutId: fc.constantFrom(...PAYOUTS) });
const settling: fc.Arbitrary<Settling> = fc
  .record({
    householdId: home,
    of: fc.constantFrom(...PROGRAMMES),
    period: fc.integer({ min: 0, max: 1 }),
    total: fc.integer({ min: 0, max: 5000 }),
  })
  .map(({ householdId, of, period, total }) =>
    aSettling({
      ...of,
      householdId,
      period: `p${period}`,
      total,
      ...(of.payer === 'partner' && { settlementFile: FILES[period] ?? FILES[0] }),
    }),
  );

const decision = fc.constantFrom('approve', 'approve', 'approve', 'reject');
const amount = fc.integer({ min: 1, max: 3000 });
const acts = {
  settle: settling.map((of): Act => ({ do: 'settle', settling: of })),
  ask: fc
    .tuple(ref, fc.constantFrom('won', 'points'), amount)
    .map(([of, unit, asked]): Act => ({ do: 'ask', ...of, unit, amount: asked })),
  decide: fc.tuple(ref, decision).map(([of, how]): Act => ({ do: 'decide', ...of, decision: how })),
  sweep: fc.boolean().map((lags): Act => ({ do: 'sweep', lags })),
  confirm: fc.tuple(settling, amount).map(([of, given]): Act => ({ do: 'confirm', settling: of, amount: given })),
  approveFile: fc.constantFrom(...FILES).map((file): Act => ({ do: 'approve-file', file })),
  answer: fc
    .tuple(ref, fc.constantFrom('paid', 'paid', 'declined'))
    .map(([of, outcome]): Act => ({ do: 'answer', ...of, outcome })),
};
const act = fc.oneof(
  { weight: 4, arbitrary: acts.settle },
  { weight: 3, arbitrary: acts.ask },
  { weight: 3, arbitrary: acts.decide },
  { weight: 5, arbitrary: acts.sweep },
  { weight: 2, arbitrary: acts.confirm },
  { weight: 1, arbitrary: acts.approveFile },
  { weight: 2, arbitrary: acts.answer },
);

const end: fc.Arbitrary<End | undefined> = fc.option(
  fc.record({ at: fc.integer({ min: 0, max: 9 }), when: fc.constantFrom('before', 'after') }),
  { nil: undefined, freq: 3 },
);
const alone = (one: Act): Step => ({ acts: [{ act: one, end: undefined }] });

/** A reward of ours, a payout of it, and what the operator says: what a sweep needs to have something to do. */
const payoutDecided = fc
  .tuple(ref, fc.constantFrom('won', 'points'), amount, decision)
  .map(([of, unit, asked, how]): Step[] => {
    const reward = aSettling({
      ...PROGRAMMES.find((one) => one.payer === 'us' && one.unit === unit),
      householdId: of.householdId,
      period: 'p0',
      total: 5000,
    });
    return [
      alone({ do: 'settle', settling: reward }),
      alone({ do: 'ask', ...of, unit, amount: asked }),
      alone({ do: 'decide', ...of, decision: how }),
    ];
  });
/** The rail is called, and a while later a person answers what it has taken. */
const calledAndAnswered = fc.tuple(ref, fc.constantFrom('paid', 'declined'), end).map(([of, outcome, its]): Step[] => [
  { acts: [{ act: { do: 'sweep', lags: false }, end: its }] },
  { passesMs: CALL_MS },
  {
    acts: [
      { act: { do: 'answer', ...of, outcome }, end: undefined },
      { act: { do: 'sweep', lags: true }, end: its },
    ],
  },
]);
/** One period settled, confirmed by its payer while it is settled anew, and settled once more. */
const confirmedAndCorrected = fc.tuple(settling, amount, amount).map(([of, given, total]): Step[] => [
  alone({ do: 'settle', settling: of }),
  {
    acts: [
      { act: { do: 'settle', settling: { ...of, total } }, end: undefined },
      { act: { do: 'confirm', settling: of, amount: given }, end: undefined },
    ],
  },
  alone({ do: 'settle', settling: of }),
]);
/** The same at once by several processes. */
const rivals = fc
  .tuple(act, fc.array(end, { minLength: 2, maxLength: 3 }))
  .map(([one, ends]): Step => ({ acts: ends.map((its) => ({ act: one, end: its })) }));
const crowd = fc
  .array(fc.record({ act, end }), { minLength: 1, maxLength: 3 })
  .map((together): Step => ({ acts: together }));
const passes = fc.record({ passesMs: fc.integer({ min: 1, max: 2 * CALL_MS }) });

const chapter: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 8, arbitrary: crowd.map((one) => [one]) },
  { weight: 4, arbitrary: rivals.map((one) => [one]) },
  { weight: 4, arbitrary: payoutDecided },
  { weight: 3, arbitrary: calledAndAnswered },
  { weight: 1, arbitrary: confirmedAndCorrected },
  { weight: 3, arbitrary: passes.map((one) => [one]) },
);

export const histories: fc.Arbitrary<History> = fc.record({
  rail: fc.constantFrom('recorded', 'by hand'),
  fates: fc.array(fc.constantFrom<Fate>('paid', 'declined', 'answer-lost', 'unreachable'), { minLength: 4 }),
  isFound: fc.array(fc.constantFrom(true, true, false), { minLength: 4 }),
  turns: fc.array(fc.nat({ max: 3 }), { minLength: 4 }),
  steps: fc.array(chapter, { minLength: 1, maxLength: 12, size: 'max' }).map((chapters) => chapters.flat()),
});
