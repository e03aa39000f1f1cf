import { expect, test } from 'vitest';
import { lineOf } from './quarantine.ts';

test('what a device wrote into a message cannot steer the terminal that lists it', () => {
  const line = lineOf({
    id: '2026-11-22.abc',
    state: 'held',
    reason: 'not-a-reading',
    channel: 'reading',
    household: 't-1',
    gateway: 'g-1',
    received: 1_795_316_400_000,
    bytes: 12,
    correlationId: '5f0c2f6e-2b8f-4a1e-9c55-1e6a5a1d9a11',
    detail: 'message: Unrecognized key: "\u001b[2J\u202e\n\t가정"',
  });
  expect(line).toBe(
    [
      '2026-11-22.abc',
      'held',
      'not-a-reading',
      'reading',
      'gateway g-1',
      '2026-11-22T03:00:00.000Z',
      '12 B',
      '5f0c2f6e-2b8f-4a1e-9c55-1e6a5a1d9a11',
      String.raw`message: Unrecognized key: "\u{1b}[2J\u{202e}\u{a}\u{9}가정"`,
    ].join('\t'),
  );
});
