import { setTimeout as pause } from 'node:timers/promises';
import { seedOf } from '@hems/models/testing/random';
import type { Clock } from '../../ports/clock.ts';
import type { Gateway } from './gateway.ts';

/** Gateways do not speak in one moment, but each at its own within a tenth of the pause, a second at most. */
const SPREAD_MAX_MS = 1000;
const delayOf = (gateway: string, everyMs: number): number =>
  ((seedOf(gateway) % 1000) / 1000) * Math.min(SPREAD_MAX_MS, everyMs / 10);
/** Reports under way at a time; a broker that is slower than that misses some. */
const UNDER_WAY_MAX = 3;

export type Running = { readonly signal: AbortSignal; readonly clock: Clock; readonly say: (line: string) => void };

/** A sleep that can be cut short any number of times without leaving anything behind. */
const sleeper = (): { sleep: (ms: number) => Promise<void>; wake: () => void } => {
  let wake = (): void => undefined;
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => wake(),
  };
};

const CONNECTING_MS = 50;

/** Reports at once, then every minute, or as often as it was last asked to, until the signal. */
export const live = async (gateway: Gateway, { signal, clock, say }: Running): Promise<void> => {
  const { sleep, wake } = sleeper();
  signal.addEventListener('abort', wake, { once: true });
  gateway.onOrder(wake);
  let underWay = 0;
  const report = (atMs: number): void => {
    if (!gateway.connected() || underWay >= UNDER_WAY_MAX) return;
    underWay += 1;
    gateway
      .report(atMs)
      .catch((error: unknown) => {
        if (!signal.aborted) say(`gateway ${gateway.id}: a report was lost: ${String(error)}`);
      })
      .finally(() => (underWay -= 1));
  };
  while (!signal.aborted && !gateway.connected()) await sleep(CONNECTING_MS);
  report(clock.now());
  while (!signal.aborted) {
    const everyMs = gateway.everyMs();
    const nextMs = Math.floor(clock.now() / everyMs) * everyMs + everyMs;
    await sleep(nextMs + delayOf(gateway.id, everyMs) - clock.now());
    // where time has passed at once, this moment rather than that of long ago
    if (!signal.aborted && clock.now() >= nextMs) report(Math.floor(clock.now() / everyMs) * everyMs);
  }
};

/** Sends what the gateways owe, a batch at a time, resting as long as each took: the host's other half belongs to what is live. */
export const fillHistory = async (gateways: readonly Gateway[], { signal, say }: Running): Promise<void> => {
  const owedMs = (): number => gateways.reduce((sum, gateway) => sum + gateway.owedMs(), 0);
  const wholeMs = owedMs();
  let told = 0;
  const tell = (): void => {
    const percent = Math.floor((100 * (wholeMs - owedMs())) / wholeMs);
    if (percent < told + 10) return;
    told = percent - (percent % 10);
    say(`history: ${told} %`);
  };
  while (!signal.aborted && owedMs() > 0) {
    for (const gateway of gateways) {
      if (signal.aborted || gateway.owedMs() === 0) continue;
      const since = performance.now();
      await gateway.sendOwed();
      await pause(Math.max(2, performance.now() - since));
    }
    tell();
  }
};
