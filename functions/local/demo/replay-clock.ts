import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { addDays, dayStart, localDate } from '@hems/models/calendar/seoul';
import type { Clock } from '../../ports/clock.ts';
import { StartRefused } from '../start-refused.ts';

const schema = z.object({ nowMs: z.int() });
const pathOf = (dataDir: string): string => join(dataDir, 'demo', 'replay-clock.json');

const DEFAULT_DAYS = 7;
/** Quarter hours are kept this long. */
const MAX_DAYS = 400;
/** How closely the host's clock keeps to the system's once a replay has caught up. */
const FOLLOW_MS = 50;
const KEEP_MS = 60_000;

/** Where simulated time goes on in this data directory; at the first start, `days` whole days before today. The host's clock begins here. */
export const replayStartMs = async (dataDir: string, days = DEFAULT_DAYS): Promise<number> => {
  if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS)
    throw new StartRefused(`--days ${days}: 1 to ${MAX_DAYS} whole days can be replayed`);
  const fresh = dayStart(addDays(localDate(Date.now()), -days));
  const kept = await readFile(pathOf(dataDir), 'utf8').catch(() => undefined);
  return kept === undefined ? fresh : schema.parse(JSON.parse(kept)).nowMs;
};

const keep = async (dataDir: string, nowMs: number): Promise<void> => {
  await mkdir(dirname(pathOf(dataDir)), { recursive: true });
  await writeFile(pathOf(dataDir), JSON.stringify({ nowMs }));
};

export type SimulatedTime = {
  advanceTo(ms: number): Promise<void>;
  /** from here on time is the system's */
  follow(): void;
  stop(): Promise<void>;
};

/** The time of a replay: set by its devices until it has caught up, then the system's; kept for the next start. */
type TimeParts = {
  readonly clock: Clock & { advanceTo?(ms: number): void };
  readonly dataDir: string;
  readonly say: (line: string) => void;
};

/** The time of a replay: set by its devices until it has caught up, then the system's; kept for the next start. */
export const simulatedTime = ({ clock, dataDir, say }: TimeParts): SimulatedTime => {
  if (!clock.advanceTo)
    throw new Error('a replay needs a clock that can be set: settableClock(await replayStartMs(…))');
  const advance = (ms: number): void => clock.advanceTo?.(ms);
  const keepNow = (): void => {
    keep(dataDir, clock.now()).catch((error: unknown) =>
      say(`replay: the time reached was not kept: ${String(error)}`),
    );
  };
  const timers: NodeJS.Timeout[] = [];
  return {
    advanceTo: async (ms) => {
      const before = localDate(clock.now());
      advance(ms);
      if (localDate(ms) !== before) await keep(dataDir, ms);
    },
    follow: () =>
      timers.push(
        setInterval(() => advance(Date.now()), FOLLOW_MS),
        setInterval(keepNow, KEEP_MS),
      ),
    stop: async () => {
      timers.forEach(clearInterval);
      await keep(dataDir, clock.now());
    },
  };
};
