import { describe, expect, test } from 'vitest';
import { localDate } from './nouns.ts';

describe('a date of a request', () => {
  test.each(['2026-02-28', '2024-02-29', '2000-02-29', '2026-12-31'])('%s is a day', (date) => {
    expect(localDate.safeParse(date).success).toBe(true);
  });

  test.each(['2026-02-30', '2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-1-1', 'yesterday'])(
    '%s is refused with one reason',
    (date) => {
      expect(localDate.safeParse(date).error?.issues).toHaveLength(1);
    },
  );
});
