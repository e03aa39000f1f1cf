import { existsSync } from 'node:fs';
import type { Live } from '@hems/shared/api/live';
import { kwText } from '@hems/shared/format/power';
import { chromium, type Browser, type BrowserContextOptions, type Page, type Response } from 'playwright-core';
import type { Host, User } from './host.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const CHROMIUM = PLACES.find((path) => existsSync(path));

export const NO_CHROMIUM =
  'SKIPPED: no Chromium found. Install the Debian packages chromium and fonts-noto-cjk to run the browser tests.';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchBrowser = async (...more: readonly string[]): Promise<Browser> => {
  if (CHROMIUM === undefined) throw new Error(NO_CHROMIUM);
  return chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...more] });
};

/** As people use it: going back shows a page that was left as it was, which Playwright switches off elsewhere. */
export const launchBrowserThatGoesBack = async (): Promise<Browser> => {
  if (CHROMIUM === undefined) throw new Error(NO_CHROMIUM);
  const ignoreDefaultArgs = ['--disable-back-forward-cache'];
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS, ignoreDefaultArgs });
};

export type Opened = { readonly page: Page; readonly errors: string[] };

/** More than this between two clocks is meant. */
const SAME_TIME_MS = 1000;

/**
 * A phone of 390 px unless the test says otherwise; at the time of the host, where it is told. Whatever the page reports as an error ends
 * up in `errors`.
 */
export const openPage = async (
  browser: Browser,
  { host, ...options }: BrowserContextOptions & { readonly host?: Host } = {},
): Promise<Opened> => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  if (host && Math.abs(host.nowMs() - Date.now()) > SAME_TIME_MS) await context.clock.install({ time: host.nowMs() });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    // A refused request is an answer, not an error of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(message.text());
  });
  return { page, errors };
};

/** Time passes at once: on the host, its devices and in the page, whose timers run that are due. */
export const pass = async (host: Host, page: Page, ms: number): Promise<void> => {
  host.pass(ms);
  await page.clock.fastForward(ms);
};

/** Fills in the form of the identity provider, which the page has been led to. */
export const fillSignIn = async (page: Page, { email, password }: User): Promise<void> => {
  await page.getByLabel('이메일').fill(email);
  await page.getByLabel('비밀번호').fill(password);
  await page.getByRole('button', { name: '로그인' }).click();
};

/** From the landing page, at whatever address, through the sign-in page and back. */
export const signIn = async (page: Page, host: Host, as = 0): Promise<void> => {
  const user = host.users[as];
  if (user === undefined) throw new Error(`the host has no user ${as}`);
  await page
    .locator('main')
    .getByRole('button', { name: /^(로그인|Sign in)$/ })
    .click();
  await page.waitForURL(/\/oidc\//);
  await fillSignIn(page, user);
  await page.waitForURL(/\/households\//);
};

export const nowCard = (page: Page) => page.getByRole('region', { name: /^(현재 전력|Power now)$/ });
/** Power as the card writes it. */
export const kwOf = ({ load }: Live): string => kwText(load.powerW ?? Number.NaN);

/** What the page was told last about a home, from now on. */
export const lastLive = (page: Page): (() => Promise<Live>) => {
  let last: Response | undefined;
  page.on('response', (response) => {
    if (response.url().endsWith('/live') && response.ok()) last = response;
  });
  return async () => {
    if (last === undefined) throw new Error('nothing was told about the power yet');
    return (await last.json()) as Live;
  };
};

export const dayCard = (page: Page) => page.getByRole('region', { name: /^(최근 24시간|Last 24 hours)$/ });
const line = (page: Page) => page.locator('[data-part=line]');

/** The time of the newest value the chart draws, epoch ms. */
export const chartUntil = async (page: Page): Promise<number> => Number(await line(page).getAttribute('data-until'));

/** Waits until the chart draws a value newer than `untilMs`, and answers its time. */
export const chartMoves = async (page: Page, untilMs: number, timeoutMs: number): Promise<number> => {
  await page.waitForFunction(
    (until) => Number(document.querySelector<SVGElement>('[data-part=line]')?.dataset['until']) > until,
    untilMs,
    { timeout: timeoutMs },
  );
  return chartUntil(page);
};
