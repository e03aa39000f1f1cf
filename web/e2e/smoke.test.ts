import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chartMoves, chartUntil, CHROMIUM, launchBrowser, NO_CHROMIUM, nowCard, openPage, signIn } from './browser.ts';
import { buildWeb, gzippedAssets, namedByPage, namedFor } from './build.ts';
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
      const sumOf = (sizes: Record<string, number>, names: readonly string[]): number =>
        names.reduce((sum, name) => sum + (sizes[name] ?? Number.NaN), 0);
      const first = await namedByPage('.js');
      const signingIn = Object.keys(scripts).filter((name) => name.startsWith('oidc-client-'));
      const later = Object.keys(scripts).filter((name) => ![...first, ...signingIn].includes(name));
      console.log(
        `first load: ${sumOf(scripts, first)} B of script gzipped, ${sumOf(scripts, signingIn)} B once signed in`,
      );
      console.log(later.map((name) => `${name} ${scripts[name]} B`).join(', '));
      expect(signingIn).toHaveLength(1);
      expect(sumOf(scripts, first)).toBeGreaterThan(0);
      expect(sumOf(scripts, [...first, ...signingIn])).toBeLessThanOrEqual(130 * KB);
      const visitor = [...first, ...(await namedFor('visitor', '.js'))];
      console.log(`first load of the sign-in page: ${sumOf(scripts, visitor)} B`);
      expect(visitor.length).toBeGreaterThan(first.length);
      expect(sumOf(scripts, visitor)).toBeLessThanOrEqual(130 * KB);
      for (const screen of ['dashboard', 'energy', 'bill', 'assistant', 'community', 'rewards']) {
        const beside = await namedFor(screen, '.js');
        expect(beside, screen).toEqual(expect.arrayContaining(signingIn));
        expect(beside.length, screen).toBeGreaterThan(1);
      }
      for (const name of later) expect(scripts[name], name).toBeLessThanOrEqual(30 * KB);
      const styles = await gzippedAssets('.css');
      expect(sumOf(styles, await namedByPage('.css'))).toBeLessThanOrEqual(12 * KB);
    });
  },
);
