import { createServer } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, launchBrowser, NO_CHROMIUM } from './browser.ts';
import { lineOf, medianOn, missedGoals, worse } from './budgets.ts';
import { startHost, type Host } from './host.ts';

if (CHROMIUM === undefined) console.warn(NO_CHROMIUM);

const freePort = async (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

describe.skipIf(CHROMIUM === undefined)('Lighthouse, median of three cold visits by a phone', () => {
  let host: Host;
  let browser: Browser;
  let port: number;
  beforeAll(async () => {
    port = await freePort();
    [host, browser] = await Promise.all([startHost(), launchBrowser(`--remote-debugging-port=${port}`)]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });

  it.each([
    ['sign-in page', '/'],
    ['dashboard', '/gallery/dashboard'],
    ['energy', '/gallery/energy'],
    ['rewards', '/gallery/rewards'],
  ])(
    'holds every goal on the %s, or says which it misses and keeps near it',
    { timeout: 240_000, retry: 1 },
    async (name, path) => {
      const first = await medianOn(`${host.origin}${path}`, port);
      console.log(lineOf(name, first));
      if (missedGoals(first.measured).length === 0) return;
      // What a busy machine spoils is measured once more; both are printed.
      const again = await medianOn(`${host.origin}${path}`, port);
      console.log(lineOf(`${name}, again`, again));
      for (const goal of missedGoals(again.measured)) console.log(`GOAL MISSED on the ${name}: ${goal}`);
      const better = worse(name, first).length === 0 ? first : again;
      expect([...worse(name, better), ...better.objections]).toEqual([]);
    },
  );
});
