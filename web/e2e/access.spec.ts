import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillSignIn, launchBrowser, launchBrowserThatGoesBack, nowCard, openPage, signIn } from './browser.ts';
import { startHost, type Host } from './host.ts';

let host: Host;
let browser: Browser;
beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

const HEADLINE = '이번 달 전기요금, 미리 알고 줄여요';

describe('who may see a home', { timeout: 60_000 }, () => {
  it('nobody who is not signed in: the landing page stands at its address, and signing in comes back to it', async () => {
    const member = await openPage(browser);
    await member.page.goto(host.origin);
    await signIn(member.page, host);
    const address = member.page.url();

    const { page } = await openPage(browser);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(address);
    await page.getByRole('heading', { name: HEADLINE }).waitFor();
    expect(asked.filter((url) => url.includes('/v1/'))).toEqual([]);
    await signIn(page, host);
    expect(page.url()).toBe(address);
    await nowCard(page)
      .getByText(/^\d+\.\d\d$/)
      .waitFor();
  });

  it("no member of another home: nothing of it is shown, and there is a way to one's own", async () => {
    const owner = await openPage(browser);
    await owner.page.goto(host.origin);
    await signIn(owner.page, host, 0);
    const address = owner.page.url();

    const { page } = await openPage(browser);
    await page.goto(address);
    await page.locator('main').getByRole('button', { name: '로그인' }).click();
    await page.waitForURL(/\/oidc\//);
    await fillSignIn(page, host.users[1]!);
    await page.getByRole('heading', { name: '이 집을 볼 수 있는 권한이 없어요' }).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/kWh?\b/);
    await page.getByRole('link', { name: '내 집 보기' }).click();
    await nowCard(page)
      .getByText(/^\d+\.\d\d$/)
      .waitFor();
    expect(page.url()).not.toBe(address);
  });

  it('nobody any more after signing out, not even with the address', async () => {
    const { page } = await openPage(browser);
    await page.goto(host.origin);
    await signIn(page, host);
    const address = page.url();
    await page.getByRole('link', { name: '설정' }).click();
    await page.getByRole('link', { name: /^계정/ }).click();
    await page.getByRole('button', { name: '이 기기에서 로그아웃' }).click();
    await page.getByRole('heading', { name: HEADLINE }).waitFor();
    expect(await page.evaluate(() => sessionStorage.getItem('hems.session'))).toBeNull();
    await page.goto(address);
    await page.getByRole('heading', { name: HEADLINE }).waitFor();
    await page.getByRole('main').getByRole('button', { name: '로그인' }).first().click();
    await page.getByLabel('이메일').waitFor();
  });
});

describe('a device that others use as well', { timeout: 90_000 }, () => {
  it('shows nothing of a home after signing out: not by going back, and not in another tab', async () => {
    const keeping = await launchBrowserThatGoesBack();
    const { page } = await openPage(keeping);
    await page.context().addInitScript(() => {
      // Chromium keeps no page that holds a lock, as this one does once it has settled; others do.
      Object.assign(navigator.locks, { request: async () => undefined });
      addEventListener('pageshow', ({ persisted }) => {
        if (persisted) console.info('shown again');
      });
    });
    await page.goto(host.origin);
    await signIn(page, host);
    await page.locator('[data-chip=live]').waitFor();
    const [other, left] = [await page.context().newPage(), await page.context().newPage()];
    for (const tab of [other, left]) {
      await tab.goto(host.origin);
      await tab.locator('main').getByRole('button', { name: '로그인' }).click();
      await tab.locator('[data-chip=live]').waitFor();
    }
    let pagesShownAgain = 0;
    left.on('console', (message) => {
      if (message.text() === 'shown again') pagesShownAgain += 1;
    });
    await left.goto(`${host.origin}/healthz`);

    await page.getByRole('link', { name: '설정' }).click();
    await page.getByRole('link', { name: /^계정/ }).click();
    const revoked = page.waitForResponse((response) => response.url().endsWith('/oidc/revoke'));
    const revokedThere = other.waitForResponse((response) => response.url().endsWith('/oidc/revoke'));
    await page.getByRole('button', { name: '이 기기에서 로그아웃' }).click();
    expect([(await revoked).status(), (await revokedThere).status()]).toEqual([200, 200]);
    for (const tab of [page, other]) await tab.getByRole('heading', { name: HEADLINE }).waitFor();

    // a page that was kept whole, tokens and all, before the sign-out: not even a poll that was due goes out with them
    const askedThere: string[] = [];
    left.on('request', (request) => askedThere.push(request.url()));
    await left.goBack({ waitUntil: 'commit' });
    await left.getByRole('heading', { name: HEADLINE }).waitFor();
    expect(pagesShownAgain).toBe(1);
    expect(askedThere.filter((url) => url.includes('/v1/'))).toEqual([]);
    const asked: string[] = [];
    page.context().on('request', (request) => asked.push(request.url()));
    for (let steps = 0; steps < 3; steps += 1) {
      await page.goBack({ waitUntil: 'commit' });
      // a poll of the live values would come within this
      await page.waitForTimeout(6000);
      const isOfApp = new URL(page.url()).origin === host.origin && !page.url().includes('/oidc/');
      expect(await page.getByRole('heading', { name: HEADLINE }).count()).toBe(isOfApp ? 1 : 0);
      expect(await page.locator('[data-chip]').count()).toBe(0);
      expect(await page.locator('body').innerText()).not.toContain(host.users[0]!.email);
    }
    expect(asked.filter((url) => url.includes('/v1/'))).toEqual([]);
    await keeping.close();
  });
});

describe('a token that the service refuses', { timeout: 60_000 }, () => {
  it('is renewed once, without the resident noticing', async () => {
    const { page } = await openPage(browser);
    await page.goto(host.origin);
    await signIn(page, host);
    await page.locator('[data-chip=live]').waitFor();
    let refused: string | undefined;
    const renewed = page.waitForRequest((request) => request.url().endsWith('/oidc/token'), { timeout: 30_000 });
    await page.route('**/v1/**', async (route) => {
      const token = route.request().headers()['authorization'];
      refused ??= token;
      if (token === refused) await route.fulfill({ status: 401, json: { message: 'Unauthorized' } });
      else await route.continue();
    });
    const renewal = await renewed;
    expect(renewal.postData()).toContain('grant_type=refresh_token');
    const answer = await page.waitForResponse((response) => response.url().includes('/v1/') && response.ok());
    expect(answer.request().headers()['authorization']).not.toBe(refused);
    expect(await page.getByText('로그인 상태가 끝났어요').count()).toBe(0);
  });

  it('leads to signing in again and back to the same page when it cannot be renewed', async () => {
    const { page } = await openPage(browser);
    await page.goto(host.origin);
    await signIn(page, host);
    await page.locator('[data-chip=live]').waitFor();
    const address = page.url();
    await page.evaluate(() =>
      sessionStorage.setItem('hems.session', JSON.stringify({ sub: 'x', refreshToken: 'revoked' })),
    );
    await page.reload();
    await page.waitForRequest((request) => request.url().includes('/oidc/authorize'), { timeout: 15_000 });
    await page.waitForURL(address);
    await page.locator('[data-chip=live]').waitFor();
    expect(page.url()).toBe(address);
  });
});
