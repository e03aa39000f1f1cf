import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Runs, RunStatus } from '../../ports/runs.ts';

export type RunsUnderTest = {
  readonly runs: Runs;
  /** lets the execution of this name end */
  end(name: string, status: Exclude<RunStatus, 'running'>): Promise<void>;
  close(): Promise<void>;
};

/** What every `Runs` promises; see `ports/runs.ts`. */
export const runsContract = (name: string, make: () => Promise<RunsUnderTest>): void => {
  describe(`Runs: ${name}`, () => {
    let adapter: RunsUnderTest;
    let runs: Runs;
    beforeEach(async () => {
      adapter = await make();
      runs = adapter.runs;
    });
    afterEach(() => adapter.close());

    it('knows no execution that was not started', async () => {
      expect(await runs.status('daily-2026-11-20-a1')).toBeUndefined();
    });

    it('refuses a second start under a name, while the first runs and after it', async () => {
      expect(await runs.start('daily-2026-11-20-a1', { shards: [1, 2] })).toBe(true);
      expect(await runs.status('daily-2026-11-20-a1')).toBe('running');
      expect(await runs.start('daily-2026-11-20-a1', { shards: [1, 2] })).toBe(false);
      await adapter.end('daily-2026-11-20-a1', 'succeeded');
      expect(await runs.start('daily-2026-11-20-a1', { shards: [3] })).toBe(false);
      expect(await runs.status('daily-2026-11-20-a1')).toBe('succeeded');
    });

    it('tells an attempt that failed from the one after it', async () => {
      await runs.start('daily-2026-11-20-a1', {});
      await adapter.end('daily-2026-11-20-a1', 'failed');
      expect(await runs.start('daily-2026-11-20-a2', {})).toBe(true);
      expect([await runs.status('daily-2026-11-20-a1'), await runs.status('daily-2026-11-20-a2')]).toEqual([
        'failed',
        'running',
      ]);
    });
  });
};
