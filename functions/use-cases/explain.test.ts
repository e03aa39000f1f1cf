import { expect, test } from 'vitest';
import { aRuleEvent } from '../testing/world.ts';
import { decode } from './ingest/decode.ts';

test.each(['reading', 'batch'] as const)(
  'a %s that is not JSON is kept without a byte of it in the reason',
  (channel) => {
    const { kept } = decode(aRuleEvent(channel, '\u001b[2J{"v":1'));
    expect(kept.map(({ reason, detail }) => ({ reason, detail }))).toEqual([
      { reason: 'not-json', detail: '10 bytes that are not JSON' },
    ]);
  },
);
