import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, signIn } from './browser.ts';
import { startHost, type Host } from './host.ts';
import { look, smallTargets } from './look.ts';

let host: Host;
let browser: Browser;
beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

const LOCALES = ['ko', 'en'] as const;

const openIn = async (locale: string): Promise<Page> => {
  const { page } = await openPage(browser);
  await page.addInitScript((chosen) => localStorage.setItem('hems.locale', chosen), locale);
  await page.goto(host.origin);
  await page.locator('main').getByRole('button').first().waitFor();
  return page;
};

describe.each(LOCALES)('every screen in %s, light and dark, from 320 px to 1280 px', { timeout: 120_000 }, (locale) => {
  it('fits, can be pressed with a fingertip and passes axe', async () => {
    const page = await openIn(locale);
    await look({ page, name: 'landing' });
    expect(await smallTargets(page)).toEqual([]);

    await signIn(page, host);
    await page.locator('[data-part=line]').waitFor();
    const homes = await page.locator('select option').all();
    for (const [index, home] of homes.entries()) {
      await page.locator('select').selectOption(await home.getAttribute('value'));
      await page.locator('[data-part=line]').waitFor();
      await page.locator('[data-chip=live]').waitFor();
      await look({ page, name: `dashboard-${index + 1}` });
    }
    expect(await smallTargets(page)).toEqual([]);

    await page
      .getByRole('button', { name: /^(표로 보기|Show as table)$/ })
      .first()
      .click();
    await look({ page, name: 'table' });

    await page.goto(`${host.origin}/households/somebody-elses`);
    await page.getByRole('link', { name: /^(내 집 보기|My home)$/ }).waitFor();
    await look({ page, name: 'denied' });
    expect(await smallTargets(page)).toEqual([]);
  });
});

describe('the states of a card', { timeout: 60_000 }, () => {
  it.each([
    ['loading', 'loading', undefined],
    ['error', 'error', 500],
  ])('%s passes axe in both appearances', async (name, state, status) => {
    const page = await openIn('ko');
    await page.route('**/v1/households/**', async (route) => {
      if (status !== undefined) await route.fulfill({ status, json: { type: 'about:blank', title: 'Failed', status } });
    });
    await signIn(page, host);
    await page.locator(`section[data-state=${state}]`).first().waitFor({ timeout: 20_000 });
    // A refused answer is asked for again before it counts, each query in its own time.
    const others = page.locator(`main section[data-state]:not([data-state=${state}])`);
    await expect.poll(() => others.count(), { timeout: 20_000 }).toBe(0);
    expect(await page.locator('main section[data-state]').count()).toBeGreaterThan(8);
    await look({ page, name });
  });
});
