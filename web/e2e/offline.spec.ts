import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { webApp } from '../../functions/local/http/files.ts';
import { BLANK, workerWith } from '../precache.ts';
import { CHROMIUM, launchBrowser, NO_CHROMIUM, nowCard, openPage, signIn } from './browser.ts';
import { startHost, type Host } from './host.ts';

if (CHROMIUM === undefined) console.warn(NO_CHROMIUM);

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const SHOWN = /^\d+\.\d\d$/;
const KEPT = 'hems.dashboard';

/** Until the app's files are kept for when there is no connection. */
const workerReady = async (page: Page): Promise<void> => {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
};

/** As when the resident turns to another app: the dashboard is kept at once. */
const turnAway = async (page: Page): Promise<void> => {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    Reflect.deleteProperty(document, 'visibilityState');
  });
  await page.waitForFunction((key) => localStorage.getItem(key) !== null, KEPT);
};

const keptOf = async (page: Page): Promise<string | null> => page.evaluate((key) => localStorage.getItem(key), KEPT);

const cachedPaths = async (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return kept.flat().map(({ url }) => new URL(url).pathname);
  });

describe.skipIf(CHROMIUM === undefined)('the dashboard without a connection', () => {
  let host: Host;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });
  beforeEach(async () => {
    ({ page } = await openPage(browser));
    context = page.context();
    context.setDefaultTimeout(10_000);
    await page.goto(host.origin);
    await signIn(page, host);
    await nowCard(page).getByText(SHOWN).waitFor();
    await workerReady(page);
  });
  afterEach(async () => context.close());

  it('opens with the values that were seen last, their time and the reason, and goes on once there is one', async () => {
    const path = new URL(page.url()).pathname;
    // what is fetched after the power is there as well
    await page
      .getByRole('region', { name: '최근 24시간' })
      .and(page.locator('[data-state=ready],[data-state=partial]'))
      .waitFor();
    await turnAway(page);
    await page.close();
    await context.setOffline(true);

    // a launch from the home screen: no tab, no session
    const later = await context.newPage();
    await later.goto(host.origin);
    await later.getByText('에 마지막으로 받은 화면이에요').waitFor();
    expect(new URL(later.url()).pathname).toBe(path);
    await nowCard(later).getByText(SHOWN).waitFor();
    await later.locator('[data-chip=offline]').waitFor();
    await later.getByText('서버에 연결하지 못하고 있어요. 마지막으로 받은 값을 보여 드려요.').waitFor();
    await later.locator('[data-part=line]').waitFor();
    // in another screen nothing is made up
    await later.getByRole('link', { name: '커뮤니티' }).click();
    await later.getByText('연결하지 못했어요').first().waitFor();

    await context.setOffline(false);
    await later.getByRole('button', { name: '다시 연결' }).click();
    await later.locator('main').getByRole('button', { name: '로그인' }).waitFor();
  });

  it('is shown after a reload that finds the service gone, and the session is still there when it is back', async () => {
    await turnAway(page);
    await context.setOffline(true);
    await page.reload();
    await page.getByText('에 마지막으로 받은 화면이에요').waitFor();
    await context.setOffline(false);
    await page.getByRole('button', { name: '다시 연결' }).click();
    await page.locator('[data-chip=live]').waitFor();
    expect(await page.getByText('에 마지막으로 받은 화면이에요').count()).toBe(0);
  });

  it('stands in for an API that fails, while the app itself is served', async () => {
    await turnAway(page);
    await context.route('**/v1/**', async (route) => route.fulfill({ status: 503, body: '' }));
    await page.reload();
    await nowCard(page).getByText(SHOWN).waitFor();
    await page.getByText('새 값을 가져오지 못하고 있어요. 마지막으로 받은 값을 보여 드려요.').waitFor();
    await context.unroute('**/v1/**');
    await page.getByText('새 값을 가져오지 못하고 있어요.').waitFor({ state: 'detached' });
    expect(await nowCard(page).getByText(SHOWN).count()).toBe(1);
    await page.locator('[data-chip=live]').waitFor();
  });

  it('is gone from the device after signing out', async () => {
    await turnAway(page);
    await page.goto(`${host.origin}/account`);
    await page.getByRole('button', { name: '이 기기에서 로그아웃' }).click();
    await page.locator('main').getByRole('button', { name: '로그인' }).waitFor();
    expect(await keptOf(page)).toBeNull();
    await context.setOffline(true);
    await page.goto(host.origin);
    await page.getByText('연결하지 못했어요').waitFor();
    expect(await page.locator('[data-chip]').count()).toBe(0);
  });

  it('is gone when somebody else signs in on the device', async () => {
    await turnAway(page);
    const other = await context.newPage();
    // another person's browser session: the sign-in page no longer knows the first one
    await context.clearCookies();
    await other.goto(host.origin);
    await signIn(other, host, 1);
    await expect.poll(async () => (await keptOf(other))?.includes(new URL(page.url()).pathname) ?? false).toBe(false);
  });

  it('holds no answer of the API in the worker, only files of the app', async () => {
    const paths = await cachedPaths(page);
    expect(paths).toContain('/');
    expect(paths).toContain('/manifest.webmanifest');
    expect(paths.filter((path) => /^\/(v1|oidc|config\.json)/.test(path))).toEqual([]);
  });
});

describe.skipIf(CHROMIUM === undefined)('a new version of the app', () => {
  let root: string;
  let server: Server;
  let browser: Browser;
  let origin: string;
  let worker: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'hems-versions-'));
    await cp(DIST, root, { recursive: true });
    worker = (await readFile(join(root, 'sw.js'), 'utf8')).replace(/\{"VERSION":.*?\]\}/, BLANK);
    const app = webApp(root);
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://app');
      if (pathname === '/config.json') response.end('{"issuer":"http://issuer","clientId":"c","apiBase":""}');
      else void app({ request, response }, pathname).catch(() => response.writeHead(404).end());
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    server.close();
    await rm(root, { recursive: true });
  });

  const release = async (title: string): Promise<void> => {
    const page = await readFile(join(DIST, 'index.html'), 'utf8');
    await writeFile(join(root, 'index.html'), page.replace('<head>', `<head><meta name="version" content="${title}">`));
    await writeFile(join(root, 'sw.js'), worker);
    await writeFile(join(root, 'sw.js'), workerWith(root));
  };
  const versionOf = async (page: Page): Promise<string | null> =>
    page.locator('meta[name=version]').getAttribute('content');

  it('is offered, and opened only when the resident says so', async () => {
    await release('one');
    const { page } = await openPage(browser);
    await page.goto(origin);
    await workerReady(page);
    await page.reload();
    expect(await versionOf(page)).toBe('one');
    const second = await page.context().newPage();
    await second.goto(origin);

    await release('two');
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    const notice = page.getByRole('region', { name: '새 버전이 준비됐어요' });
    await notice.waitFor();
    // a reload does not take it either: the other page still runs the version before
    await page.reload();
    expect(await versionOf(page)).toBe('one');
    await notice.getByRole('button', { name: '나중에' }).click();
    expect(await notice.count()).toBe(0);
    await page.reload();
    await notice.getByRole('button', { name: '새 버전 열기' }).click();
    await page.waitForFunction(() => document.querySelector('meta[name=version]')?.getAttribute('content') === 'two');

    // the other page is told and left alone
    await second.getByRole('region', { name: '새 버전이 준비됐어요' }).waitFor();
    expect(await versionOf(second)).toBe('one');
    await page.context().close();
  });
});
