import { addDays, dayStart, localDate } from '@hems/models/calendar/seoul';
import type { Live } from '@hems/shared/api/live';
import type { Usage } from '@hems/shared/api/usage';
import { ko } from '@hems/shared/i18n/ko';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  chartMoves,
  chartUntil,
  fillSignIn,
  kwOf,
  lastLive,
  launchBrowser,
  nowCard,
  openPage,
  pass,
  signIn,
  type Opened,
} from './browser.ts';
import { startHost, type Host } from './host.ts';

const MINUTE_MS = 60_000;
let host: Host;
let browser: Browser;
beforeAll(async () => {
  [host, browser] = await Promise.all([startHost({ atMs: dayStart('2026-10-21') - 30 * MINUTE_MS }), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

const openDashboard = async (as = 0): Promise<Opened> => {
  const opened = await openPage(browser, { host });
  await opened.page.goto(host.origin);
  await signIn(opened.page, host, as);
  await opened.page.locator('[data-chip=live]').waitFor();
  return opened;
};
const power = (page: Page) => nowCard(page).getByText(/^\d+\.\d\d$/);
const openTab = async (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: '주요 화면' }).getByRole('link', { name, exact: true }).click();

describe('a device that goes silent', { timeout: 60_000 }, () => {
  it('leaves its last value and the time of it, and no number ever stands without its age', async () => {
    const { page } = await openPage(browser, { host });
    await page.goto(host.origin);
    const answered = page.waitForResponse((response) => response.url().endsWith('/live') && response.ok());
    await signIn(page, host, 3);
    const { devices } = (await (await answered).json()) as Live;
    await page.locator('[data-chip=live]').waitFor();
    host.silence(devices.find(({ kind }) => kind === 'smart_meter')!.deviceId);
    await pass(host, page, 40_000);
    await page.locator('[data-chip=recent]').waitFor();
    const lastSeen = nowCard(page).getByText(/마지막 수신 오[전후] \d+:\d\d · [23]분 전/);
    for (let steps = 0; steps < 12 && (await lastSeen.count()) === 0; steps += 1) {
      expect(await nowCard(page).innerText()).toMatch(/\d+\.\d\d\s+kW\s+(방금|\d+초 전|1분 전|마지막 수신)/);
      await pass(host, page, 10_000);
    }
    await lastSeen.waitFor();
    expect(await nowCard(page).getAttribute('data-state')).toBe('partial');
    await nowCard(page).getByText('값이 오지 않아요.').waitFor();
    const colorOf = (place: ReturnType<Page['locator']>) => place.evaluate((one) => getComputedStyle(one).color);
    expect(await colorOf(power(page))).toBe(await colorOf(nowCard(page).getByRole('heading', { level: 2 })));
  });
});

describe('a service that does not answer', { timeout: 90_000 }, () => {
  it.each([
    ['cannot be reached', undefined, '서버에 연결하지 못하고 있어요'],
    ['fails', 503, '새 값을 가져오지 못하고 있어요'],
  ])(
    'that %s leaves the last values under a banner, offers to try again, and is forgotten once it is back',
    async (_, status, banner) => {
      const { page } = await openDashboard();
      const told = lastLive(page);
      await page.waitForResponse((response) => response.url().endsWith('/live') && response.ok());
      await page.context().route('**/v1/**', async (route) => {
        if (status === undefined) await route.abort('connectionrefused');
        else await route.fulfill({ status, json: { type: 'about:blank', title: 'Failed', status } });
      });
      for (let steps = 0; steps < 8 && (await page.getByText(banner).count()) === 0; steps += 1)
        await pass(host, page, 5000);
      await page.getByText(banner).first().waitFor();
      expect(await power(page).innerText()).toBe(kwOf(await told()));
      expect(await nowCard(page).innerText()).toMatch(/kW\s+(방금|\d+초 전|\d+분 전|마지막 수신)/);

      // A screen that was never there has nothing to show but what is wrong and what to do.
      await openTab(page, '리워드');
      await page.getByRole('heading', { level: 1, name: '리워드' }).waitFor();
      const again = page.getByRole('region', { name: '적립 내역' }).getByRole('button', { name: '다시 시도' });
      for (let steps = 0; steps < 20 && (await again.count()) === 0; steps += 1) await page.clock.fastForward(5000);
      await again.waitFor();
      await page.context().unroute('**/v1/**');
      // nobody else asks for it again
      const asked = page.waitForRequest((request) => request.url().endsWith('/rewards'));
      await again.click();
      await asked;
      await page.getByText('아직 리워드가 없어요').waitFor();
      await openTab(page, '홈');
      await page.locator('[data-chip=live]').waitFor();
      await expect.poll(() => page.getByText(banner).count()).toBe(0);
    },
  );
});

/** As a phone at the edge of its network. */
const SLOW = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

describe('a slow network of 400 ms and 400 kbit/s', { timeout: 90_000 }, () => {
  it('shows what it is about before it is there, and each screen in the time of its own bytes', async () => {
    const { page, errors } = await openPage(browser, { host });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', SLOW);
    const took = async (work: () => Promise<unknown>): Promise<number> => {
      const began = performance.now();
      await work();
      return Math.round(performance.now() - began);
    };
    const button = page.locator('main').getByRole('button', { name: '로그인' }).first();
    const landing = await took(async () => {
      await page.goto(host.origin, { waitUntil: 'commit' });
      await button.waitFor();
    });
    await button.click();
    await page.waitForURL(/\/oidc\//);
    const dashboard = await took(async () => {
      await fillSignIn(page, host.users[0]!);
      await power(page).waitFor();
    });
    const told: Record<string, number> = { landing, dashboard };
    for (const [tab, card] of [
      ['에너지', '사용량 합계'],
      ['리워드', '적립 내역'],
      ['홈', '현재 전력'],
    ] as const) {
      const region = page.getByRole('region', { name: card });
      told[`${tab}, its frame`] = await took(async () => {
        await openTab(page, tab);
        await region.waitFor();
      });
      told[`${tab}, its values`] = await took(async () => {
        await page.waitForFunction(() => document.querySelector('main [data-state=loading]') === null);
      });
    }
    console.log('on a slow network, ms:', told);
    expect(landing).toBeLessThan(10_000);
    expect(dashboard).toBeLessThan(15_000);
    for (const [what, ms] of Object.entries(told)) expect(ms, what).toBeLessThan(15_000);
    expect(errors).toEqual([]);
  });
});

describe('a session that is ended elsewhere', { timeout: 60_000 }, () => {
  it('asks to sign in again, says why, and leads back to the same page', async () => {
    const { page } = await openDashboard(2);
    await openTab(page, '에너지');
    await page.getByRole('region', { name: '사용량 합계' }).waitFor();
    const elsewhere = await openDashboard(2);
    await elsewhere.page.goto(`${host.origin}/account`);
    const main = elsewhere.page.getByRole('main');
    await main.getByRole('button', { name: '모든 기기에서 로그아웃' }).click();
    await main.getByRole('button', { name: '확인' }).click();
    const rewards = page.getByRole('region', { name: '리워드', exact: true });
    const told = page.getByText('모든 기기에서 로그아웃해서 이 기기의 로그인도 끝났어요.');
    await openTab(page, '리워드');
    await page.waitForURL(/\/rewards$/);
    const address = page.url();
    await told.waitFor();
    expect(await rewards.count()).toBe(0);
    await page.getByRole('main').getByRole('button', { name: '로그인' }).first().click();
    await page.waitForURL(/\/oidc\//);
    await fillSignIn(page, host.users[2]!);
    await page.waitForURL(address);
    await rewards.and(page.locator('[data-state=ready], [data-state=empty]')).waitFor();
  });
});

/** Energy of the home on a day, as the service tells it. */
const usedWh = async (
  { url, authorization }: { url: string; authorization: string },
  date: string,
): Promise<number> => {
  const query = new URLSearchParams({ grain: 'day', from: date, to: date });
  const answer = await fetch(`${url}/usage?${query.toString()}`, { headers: { authorization } });
  const { intervals } = (await answer.json()) as Usage;
  return intervals[0]?.loadWh ?? 0;
};

describe('midnight in Seoul', { timeout: 120_000 }, () => {
  it('begins the day anew: the totals restart, the chart goes on, and no card is empty or wrong', async () => {
    await host.caughtUp;
    const { page, errors } = await openDashboard();
    const yesterday = localDate(host.nowMs());
    const today = addDays(yesterday, 1);
    const midnightMs = dayStart(today);
    const asked = await page.waitForRequest((request) => request.url().includes('/v1/households/'));
    const { authorization = '' } = await asked.allHeaders();
    const home = { url: `${host.origin}/v1${new URL(page.url()).pathname}`, authorization };
    const beforeWh = await usedWh(home, yesterday);
    expect(beforeWh).toBeGreaterThan(1000);
    const drawnMs = await chartUntil(page);
    /** Every card has something in it, but those named. */
    const isGood = async (mayBeEmpty: readonly string[]): Promise<void> => {
      await page.locator('[data-chip=live]').waitFor();
      await page.waitForFunction(() => document.querySelector('main [data-state=loading]') === null);
      const cards = await page.locator('main section[data-state]').all();
      const told = cards.map(async (card) => [
        await card.getByRole('heading', { level: 2 }).first().innerText(),
        await card.getAttribute('data-state'),
      ]);
      const bare = (await Promise.all(told)).filter(([, state]) => state !== 'ready' && state !== 'partial');
      expect(bare.filter(([name = '', state]) => state !== 'empty' || !mayBeEmpty.includes(name ?? ''))).toEqual([]);
      expect(cards.length).toBeGreaterThan(5);
    };
    /** Energy of the day that the dashboard tells, kWh. */
    const todayKwh = async (): Promise<number> => {
      const tile = await page.getByRole('region', { name: ko.later.savedToday }).innerText();
      return Number([...tile.matchAll(/([\d.]+) kWh/g)].at(-1)?.[1]);
    };
    await isGood([ko.later.saved, ko.later.assistant]);
    const beforeKwh = await todayKwh();
    expect(Math.abs(beforeKwh * 1000 - (await usedWh(home, yesterday)))).toBeLessThan(200);
    await pass(host, page, midnightMs - host.nowMs() - 2000);
    await page.waitForFunction((midnight) => Date.now() > midnight + 2000, midnightMs);
    await isGood([ko.later.savedToday, ko.later.co2, ko.later.saved, ko.later.assistant]);
    expect(await chartUntil(page)).toBeGreaterThan(drawnMs);

    // twenty minutes later the first quarter hour is whole, and yesterday's run is called for
    for (let minutes = 0; minutes < 20; minutes += 5) await pass(host, page, 5 * MINUTE_MS);
    await chartMoves(page, midnightMs + 15 * MINUTE_MS, 30_000);
    await isGood([ko.later.savedToday, ko.later.saved, ko.later.assistant]);
    expect(await todayKwh()).toBeLessThan(beforeKwh / 10);
    const todayWh = await usedWh(home, today);
    expect(todayWh).toBeGreaterThan(0);
    expect(todayWh).toBeLessThan(beforeWh / 10);

    await openTab(page, '에너지');
    await page.getByRole('button', { name: '일', exact: true }).click();
    const total = page.getByRole('region', { name: '사용량 합계' }).locator('p').first();
    const isTold = async (date: string): Promise<void> => {
      const differenceWh = async () =>
        Math.abs(Number((await total.innerText()).replaceAll(/[^\d.]/g, '')) * 1000 - (await usedWh(home, date)));
      await expect.poll(differenceWh, { timeout: 20_000 }).toBeLessThan(60);
    };
    await isTold(today);
    await page.getByRole('button', { name: '이전 기간' }).click();
    await isTold(yesterday);
    expect(await usedWh(home, yesterday)).toBeGreaterThanOrEqual(beforeWh);
    expect(errors).toEqual([]);
  });
});
