import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chartMoves, chartUntil, CHROMIUM, launchBrowser, NO_CHROMIUM, nowCard, openPage, signIn } from './browser.ts';
import { buildWeb, gzippedAssets } from './build.ts';
import { startHost, type Host } from './host.ts';

if (CHROMIUM === undefined) console.warn(NO_CHROMIUM);

const KB = 1000;

describe.skipIf(CHROMIUM === undefined)(
  'the built app in a browser, against the local host',
  { timeout: 25_000 },
  () => {
    let host: Host;
    let browser: Browser;
    beforeAll(async () => {
      await buildWeb();
      [host, browser] = await Promise.all([startHost(), launchBrowser()]);
    }, 25_000);
    afterAll(async () => {
      await browser?.close();
      await host?.stop();
    });

    it('signs a resident in and shows power that is seconds old, on a chart that moves', async () => {
      const { page, errors } = await openPage(browser);
      await page.goto(host.origin);
      await signIn(page, host);
      await nowCard(page)
        .getByText(/^\d+\.\d\d$/)
        .waitFor();
      expect(await nowCard(page).innerText()).toMatch(/kW\s+(방금|\d{1,2}초 전) · /);
      await page.locator('[data-chip=live]').waitFor();
      await page.locator('[data-part=line]').waitFor();
      const before = await chartUntil(page);
      // 5 s between readings and 5 s between polls.
      expect(await chartMoves(page, before, 12_000)).toBeGreaterThan(before);
      expect(errors).toEqual([]);
    });

    it('weighs no more than was budgeted', async () => {
      const scripts = await gzippedAssets('.js');
      const { index: entry = 0, 'oidc-client': signingIn = 0 } = scripts;
      console.log(`first load: ${entry} B of script gzipped, ${signingIn} B more once signed in`);
      expect(entry).toBeGreaterThan(0);
      expect(entry + signingIn).toBeLessThanOrEqual(130 * KB);
      const { index: styles = 0 } = await gzippedAssets('.css');
      expect(styles).toBeLessThanOrEqual(12 * KB);
    });
  },
);
