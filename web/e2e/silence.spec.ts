import type { Live } from '@hems/shared/api/live';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, nowCard, openPage, signIn } from './browser.ts';
import { buildWeb } from './build.ts';
import { startHost, type Host } from './host.ts';

let host: Host;
let browser: Browser;
beforeAll(async () => {
  await buildWeb();
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

// Two minutes of silence take two minutes: the age is told against the server's clock, which no test may turn.
it(
  'turns the number into "last seen" when the meter goes silent, and never shows it without its time',
  { timeout: 200_000 },
  async () => {
    const { page } = await openPage(browser);
    await page.goto(host.origin);
    const answered = page.waitForResponse((response) => response.url().endsWith('/live') && response.ok());
    await signIn(page, host);
    const { devices } = (await (await answered).json()) as Live;
    const meter = devices.find(({ kind }) => kind === 'smart_meter');
    await page.locator('[data-chip=live]').waitFor();

    host.silence(meter!.deviceId);
    await page.locator('[data-chip=recent]').waitFor({ timeout: 60_000 });
    const lastSeen = nowCard(page).getByText(/^마지막 수신 오[전후] \d+:\d\d · [23]분 전 · /);
    for (let seconds = 0; seconds < 150 && (await lastSeen.count()) === 0; seconds += 1) {
      expect(await nowCard(page).innerText()).toMatch(/\d+\.\d\d\s+kW\s+(방금|\d+초 전|1분 전|마지막 수신)/);
      await page.waitForTimeout(1000);
    }
    await lastSeen.waitFor();
    expect(await nowCard(page).getAttribute('data-state')).toBe('partial');
    await nowCard(page).getByText('기기가 값을 보내지 않고 있어요').waitFor();
    const color = async (selector: string): Promise<string> =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).color);
    expect(await color('h2:has-text("현재 전력")')).toBe(
      await nowCard(page)
        .getByText(/^\d+\.\d\d$/)
        .evaluate((element) => getComputedStyle(element).color),
    );
  },
);
