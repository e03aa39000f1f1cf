import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, signIn } from './browser.ts';
import { buildWeb } from './build.ts';
import { startHost, type Host } from './host.ts';

const SCREENS = join(tmpdir(), 'hems-screens');
const AXE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const TARGET_PX = 48;

let host: Host;
let browser: Browser;
let axe: string;
beforeAll(async () => {
  await mkdir(SCREENS, { recursive: true });
  axe = await readFile(AXE, 'utf8');
  await buildWeb();
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  console.log(`screenshots in ${SCREENS}`);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

/** What axe-core objects to, as `rule: place`. */
const objections = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(
    (tags) =>
      (globalThis as unknown as { axe: { run: (o: object) => Promise<AxeResults> } }).axe.run({ runOnly: tags }),
    TAGS,
  );
  expect(passes.length).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
};

/** Whatever can be pressed and is smaller than a fingertip. */
const smallTargets = async (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const pressable = [...document.querySelectorAll('button, a[href], select, summary')];
    return pressable
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width < least || height < least;
      })
      .map((element) => element.outerHTML.slice(0, 80));
  }, TARGET_PX);

const overflow = async (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const LOCALES = ['ko', 'en'] as const;
const SCHEMES = ['light', 'dark'] as const;

const openIn = async (locale: string): Promise<Page> => {
  const { page } = await openPage(browser);
  await page.addInitScript((chosen) => localStorage.setItem('hems.locale', chosen), locale);
  await page.goto(host.origin);
  await page.locator('main').getByRole('button').first().waitFor();
  return page;
};

type Look = { readonly page: Page; readonly name: string; readonly locale: string };

/** One screen at every width and in both appearances: a picture, no sideways scrolling, nothing axe objects to. */
const look = async ({ page, name, locale }: Look): Promise<void> => {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    for (const width of [320, 360, 390, 768, 1280]) {
      await page.setViewportSize({ width, height: width < 500 ? 780 : 900 });
      // The chart measures itself after the window has changed, and is drawn again a frame or two later.
      await expect.poll(() => overflow(page), { message: `${name} at ${width} px is too wide` }).toBe(0);
      await page.screenshot({ path: join(SCREENS, `${name}-${width}-${colorScheme}-${locale}.png`), fullPage: true });
    }
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await objections(page)).toEqual([]);
  }
};

describe.each(LOCALES)('every screen in %s, light and dark, from 320 px to 1280 px', { timeout: 120_000 }, (locale) => {
  it('fits, can be pressed with a fingertip and passes axe', async () => {
    const page = await openIn(locale);
    await look({ page, name: 'landing', locale });
    expect(await smallTargets(page)).toEqual([]);

    await signIn(page, host);
    await page.locator('[data-part=line]').waitFor();
    const homes = await page.locator('select option').all();
    for (const [index, home] of homes.entries()) {
      await page.locator('select').selectOption(await home.getAttribute('value'));
      await page.locator('[data-part=line]').waitFor();
      await page.locator('[data-chip=live]').waitFor();
      await look({ page, name: `dashboard-${index + 1}`, locale });
    }
    expect(await smallTargets(page)).toEqual([]);

    await page.locator('summary').click();
    await page.getByRole('button', { name: /^(표로 보기|Show as table)$/ }).click();
    await look({ page, name: 'table', locale });

    await page.goto(`${host.origin}/households/somebody-elses`);
    await page.getByRole('link', { name: /^(내 집 보기|My home)$/ }).waitFor();
    await look({ page, name: 'denied', locale });
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
    expect(await page.locator(`section[data-state=${state}]`).count()).toBe(5);
    await look({ page, name, locale: 'ko' });
  });
});
