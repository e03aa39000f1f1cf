import { appendFile, cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { momentText } from '@hems/shared/format/time';
import { ko } from '@hems/shared/i18n/ko';
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

/** The power that is kept, and when it arrived, as the page writes them. */
const keptPower = async (page: Page): Promise<{ kw: string; moment: string }> => {
  const { atMs, answers } = JSON.parse((await keptOf(page)) ?? '{}');
  const live = answers.find(({ queryKey }: { queryKey: string[] }) => queryKey[0] === 'live');
  return { kw: (live.data.live.load.powerW / 1000).toFixed(2), moment: momentText(atMs, Date.now(), ko) };
};
const shownPower = async (page: Page): Promise<string> => nowCard(page).getByText(SHOWN).innerText();

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
    const { kw, moment } = await keptPower(later);
    await later.getByText(`${moment}에 마지막으로 받은 화면이에요`).waitFor();
    expect(new URL(later.url()).pathname).toBe(path);
    expect(await shownPower(later)).toBe(kw);
    await later.locator('[data-chip=offline]').waitFor();
    await later.getByText('서버에 연결하지 못하고 있어요. 마지막으로 받은 값을 보여 드려요.').waitFor();
    await later.locator('[data-part=line]').waitFor();
    // in another screen nothing is made up
    await later.getByRole('link', { name: '커뮤니티' }).click();
    await later.getByText('연결하지 못했어요').first().waitFor();

    // by itself: what it says would be untrue from now on
    await context.setOffline(false);
    await later.locator('main').getByRole('button', { name: '로그인' }).waitFor();
  });

  it('is shown after a reload that finds the service gone, and the session is still there when it is back', async () => {
    await turnAway(page);
    await context.route('**/config.json', async (route) => route.abort('connectionrefused'));
    await page.reload();
    await page.getByText('에 마지막으로 받은 화면이에요').waitFor();
    await context.unroute('**/config.json');
    await page.getByRole('button', { name: '다시 연결' }).click();
    await page.locator('[data-chip=live]').waitFor();
    expect(await page.getByText('에 마지막으로 받은 화면이에요').count()).toBe(0);
  });

  it('stands in for an API that fails, while the app itself is served', async () => {
    await turnAway(page);
    await context.route('**/v1/**', async (route) => route.fulfill({ status: 503, body: '' }));
    await page.reload();
    await nowCard(page).getByText(SHOWN).waitFor();
    expect(await shownPower(page)).toBe((await keptPower(page)).kw);
    await page.getByText('새 값을 가져오지 못하고 있어요. 마지막으로 받은 값을 보여 드려요.').waitFor();
    await context.unroute('**/v1/**');
    await page.getByText('새 값을 가져오지 못하고 있어요.').waitFor({ state: 'detached' });
    expect(await nowCard(page).getByText(SHOWN).count()).toBe(1);
    await page.locator('[data-chip=live]').waitFor();
  });

  it('outlives a glance on a slow network, which brings the power alone', async () => {
    await page
      .getByRole('region', { name: ko.later.bill })
      .and(page.locator('[data-state=ready],[data-state=partial]'))
      .waitFor();
    await turnAway(page);
    const names = async (): Promise<string[]> =>
      JSON.parse((await keptOf(page)) ?? '{}').answers.map(({ queryKey: [name] }: { queryKey: string[] }) => name);
    const whole = await names();
    expect(whole).toContain('bill');
    await context.route(/\/v1\/(?!.*\/live$)(?!session$)/, async () => undefined);
    await page.reload();
    await page.locator('[data-chip=live]').waitFor();
    await page.waitForTimeout(2500);
    await turnAway(page);
    expect((await names()).toSorted()).toEqual(whole.toSorted());
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

  /** As a build that changed everything: every file under `/assets` has another name, those of the version before are gone, `first.js` differs. */
  const release = async (title: string): Promise<void> => {
    await cp(DIST, root, { recursive: true, force: true });
    const assets = join(root, 'assets');
    const built = await readdir(join(DIST, 'assets'));
    const renamed = (name: string): string => name.replace(/\.(\w+)$/, `.${title}.$1`);
    for (const old of await readdir(assets)) if (!built.includes(old)) await rm(join(assets, old));
    const names = new RegExp(built.map((name) => name.replaceAll('.', '\\.')).join('|'), 'g');
    const texts = [...built.map((name) => join('assets', name)), 'index.html', 'first.js'];
    for (const path of texts) {
      const text = (await readFile(join(DIST, path), 'utf8')).replaceAll(names, renamed);
      await writeFile(join(root, path), text);
    }
    for (const name of built) await rename(join(assets, name), join(assets, renamed(name)));
    const page = await readFile(join(root, 'index.html'), 'utf8');
    await writeFile(join(root, 'index.html'), page.replace('<head>', `<head><meta name="version" content="${title}">`));
    await appendFile(join(root, 'first.js'), `document.documentElement.dataset.firstOf = '${title}';\n`);
    await writeFile(join(root, 'sw.js'), worker);
    await writeFile(join(root, 'sw.js'), workerWith(root));
  };
  /** The page, and the script that it runs before all others: they are one contract. */
  const versionOf = async (page: Page): Promise<string> =>
    page.evaluate(() => {
      const title = document.querySelector('meta[name=version]')?.getAttribute('content');
      const first = document.documentElement.dataset['firstOf'];
      return title === first ? `${title}` : `${title} with first.js of ${first}`;
    });
  const notice = (page: Page) => page.getByRole('region', { name: '새 버전이 준비됐어요' });
  const update = async (page: Page): Promise<void> => {
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await notice(page).waitFor();
  };
  const open = async (page: Page, title: string): Promise<void> => {
    await notice(page).getByRole('button', { name: '새 버전 열기' }).click();
    await page.waitForFunction((of) => document.querySelector(`meta[name=version][content=${of}]`) !== null, title);
    await page.waitForFunction(() => document.documentElement.dataset['firstOf'] !== undefined);
    expect(await versionOf(page)).toBe(title);
  };
  /** As if the browser had thrown away what it keeps on its own account. */
  const forgetFiles = async (page: Page): Promise<void> => {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.clearBrowserCache');
    await session.detach();
  };

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
    await notice(page).waitFor();
    // a reload does not take it either: the other page still runs the version before
    await page.reload();
    expect(await versionOf(page)).toBe('one');
    await notice(page).getByRole('button', { name: '나중에' }).click();
    expect(await notice(page).count()).toBe(0);
    await page.reload();
    await open(page, 'two');

    // the other page is told and left alone
    await notice(second).waitFor();
    expect(await versionOf(second)).toBe('one');
    await page.context().close();
  });

  it('leaves a page of an older one all of its files and what is half written there, until it is closed', async () => {
    await release('one');
    const { page, errors } = await openPage(browser);
    await page.goto(origin);
    await workerReady(page);
    await page.reload();
    const older = await page.context().newPage();
    older.on('pageerror', (error) => errors.push(String(error)));
    await older.goto(origin);
    await older.evaluate(() => Object.assign(globalThis, { halfWritten: '김치냉장고' }));
    // until both pages have said which version they run
    await page.waitForFunction(async () => (await navigator.locks.query()).held?.length === 2);

    await release('two');
    await update(page);
    await notice(page).getByRole('button', { name: '나중에' }).click();
    await release('three');
    await update(page);
    await open(page, 'three');
    await notice(older).waitFor();

    await forgetFiles(older);
    // a file that the page has not asked for yet
    await older.getByRole('button', { name: 'English' }).click();
    await older.getByRole('heading', { level: 1, name: /bill/ }).waitFor();
    expect([await versionOf(older), await older.evaluate('halfWritten')]).toEqual(['one', '김치냉장고']);

    await older.close();
    await release('four');
    await update(page);
    await open(page, 'four');
    const paths = await cachedPaths(page);
    expect(paths.filter((path) => /\.(one|two)\./.test(path))).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('of which a file cannot be had leaves nothing behind', async () => {
    await release('five');
    const { page } = await openPage(browser);
    await page.goto(origin);
    await workerReady(page);
    await page.reload();
    await release('six');
    await rm(join(root, 'icon-512.png'));
    const message = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const installing = new Promise((resolve) => {
        registration.addEventListener('updatefound', () =>
          registration.installing?.addEventListener('statechange', ({ target }) =>
            resolve(target instanceof ServiceWorker && target.state),
          ),
        );
      });
      await registration.update();
      return installing;
    });
    expect(message).toBe('redundant');
    expect((await cachedPaths(page)).filter((path) => path === '/')).toHaveLength(1);
    await page.context().close();
  });
});
