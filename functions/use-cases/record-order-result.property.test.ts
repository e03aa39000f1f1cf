import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commandState, type CommandResult } from '@hems/shared/events/commands';
import { after } from './record-order-result.ts';
import type { Order } from './stores/orders.ts';

const SENT: Order = {
  command: {
    v: 1,
    cmd_id: 'id-1',
    issued_at: 0,
    expires_at: 60_000,
    device: 'battery-1',
    action: 'set-battery',
    params: { power_w: 1000 },
  },
  gateway: 'g-1',
  state: 'sent',
  stateTs: 0,
};
const LAST = ['verified', 'rejected', 'expired', 'failed'];

/** What one gateway says of one order: words at different times, some said twice, and the same in the order in which they arrive. */
const words = fc
  .uniqueArray(
    fc.record(
      {
        v: fc.constant(1 as const),
        cmd_id: fc.constant('id-1'),
        ts: fc.integer({ min: 1, max: 100_000 }),
        state: fc.constantFrom(...commandState.options),
        reason: fc.string(),
      },
      { requiredKeys: ['v', 'cmd_id', 'ts', 'state'] },
    ),
    { minLength: 1, maxLength: 8, selector: ({ ts }) => ts },
  )
  .chain((said) =>
    fc.tuple(
      fc.constant(said),
      fc.shuffledSubarray([...said, ...said], { minLength: said.length * 2, maxLength: said.length * 2 }),
    ),
  );
const heard = (results: readonly CommandResult[]): Order => results.reduce(after, SENT);

test('an order ends the same, in whatever order and however often the words of its gateway arrive', () => {
  fc.assert(
    fc.property(words, ([said, arrived]) => {
      expect(heard(arrived)).toEqual(heard(said));
    }),
  );
});

test('the last of the words that end an order stands, with its reason and no other', () => {
  fc.assert(
    fc.property(words, ([said, arrived]) => {
      const last = said.filter(({ state }) => LAST.includes(state)).toSorted((a, b) => b.ts - a.ts)[0];
      fc.pre(last !== undefined);
      const { state, stateTs: ts, reason } = heard(arrived);
      expect({ state, ts, reason }).toEqual({ state: last?.state, ts: last?.ts, reason: last?.reason });
    }),
  );
});
