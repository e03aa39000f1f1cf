import { growthPerHour, type MemorySample } from './load-figures.ts';
import type { LoadRun } from './load-messages.ts';

const SAMPLE_MS = 5000;
const MINUTE_MS = 60_000;

/** Asks for the host's memory every so often, until it is told to end. */
export const watchMemory = (read: () => Promise<MemorySample>) => {
  const samples: MemorySample[] = [];
  const look = async (): Promise<void> => void samples.push(await read());
  const timer = setInterval(() => void look().catch(() => clearInterval(timer)), SAMPLE_MS);
  return { samples, look, stop: () => clearInterval(timer) };
};

/** The lowest sample of each minute. */
export const minutely = (samples: readonly MemorySample[]): LoadRun['memory'] => {
  const beganMs = samples[0]?.atMs ?? 0;
  const ofMinute = Map.groupBy(samples, ({ atMs }) => Math.floor((atMs - beganMs) / MINUTE_MS));
  return [...ofMinute].map(([minute, own]) => ({
    minute,
    rssMb: Math.min(...own.map(({ rssMb }) => rssMb)),
    heapMb: Math.min(...own.map(({ heapMb }) => heapMb)),
  }));
};

/** What comes before the warm-up is over is no growth. */
export const growthOf = (samples: readonly MemorySample[], warmUpMinutes: number): LoadRun['growth'] => {
  const fromMs = (samples[0]?.atMs ?? 0) + warmUpMinutes * MINUTE_MS;
  const minutes = Math.max(0, ((samples.at(-1)?.atMs ?? 0) - fromMs) / MINUTE_MS);
  return { minutes, rss: growthPerHour(samples, 'rssMb', fromMs), heap: growthPerHour(samples, 'heapMb', fromMs) };
};
