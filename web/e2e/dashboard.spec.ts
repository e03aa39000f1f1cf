import type { Live } from '@hems/shared/api/live';
import { clockText } from '@hems/shared/format/time';
import { ko } from '@hems/shared/i18n/ko';
import type { Browser, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chartMoves, dayCard, kwOf, lastLive, launchBrowser, nowCard, openPage, signIn } from './browser.ts';
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

const openDashboard = async (): Promise<{ page: Page; errors: string[] }> => {
  const opened = await openPage(browser);
  await opened.page.goto(host.origin);
  await signIn(opened.page, host);
  await opened.page.locator('[data-part=line]').waitFor();
  return opened;
};

const isLive = (response: Response): boolean => response.url().endsWith('/live') && response.ok();
const nextReading = async (page: Page, afterTs: number): Promise<number> => {
  const response = await page.waitForResponse(isLive, { timeout: 15_000 });
  const { load } = (await response.json()) as Live;
  return load.ts !== null && load.ts > afterTs ? load.ts : nextReading(page, afterTs);
};

describe('the dashboard of a demo home', { timeout: 60_000 }, () => {
  it('asks every five seconds and draws each new value at once', async () => {
    const { page, errors } = await openDashboard();
    let ts = await nextReading(page, 0);
    for (let readings = 0; readings < 3; readings += 1) {
      const began = performance.now();
      const before = ts;
      ts = await nextReading(page, before);
      expect(performance.now() - began).toBeLessThan(12_000);
      expect(await chartMoves(page, before, 1500)).toBe(ts);
    }
    expect(errors).toEqual([]);
  });

  it('says whose values these are, on every home, and shows the figures of the chosen one', async () => {
    const { page } = await openDashboard();
    const homes = page.getByRole('combobox', { name: '집 선택' });
    const label = page.getByRole('button', { name: '데모 · 시뮬레이션으로 만든 값' });
    const names = await homes.locator('option').allInnerTexts();
    expect(names.length).toBeGreaterThan(1);
    const told = lastLive(page);
    const seen = new Set<string>();
    for (const name of names) {
      await homes.selectOption(name);
      await page.locator('[data-part=line]').waitFor();
      await label.waitFor();
      await nowCard(page).getByText('추정값').first().waitFor();
      const { pathname } = new URL(page.url());
      // of this home, and as it was told: a moment may lie between an answer and the screen
      await expect.poll(async () => (await told()).householdId, { timeout: 15_000 }).toBe(pathname.split('/').at(-1));
      const shown = nowCard(page).getByText(/^\d+\.\d\d$/);
      await expect
        .poll(async () => [await shown.innerText(), kwOf(await told())])
        .toSatisfy(([onScreen, wasTold]) => onScreen === wasTold);
      seen.add(pathname);
    }
    expect(seen.size).toBe(names.length);
    await label.click();
    await page.getByText('실제 가구의 자료가 아니에요').waitFor();
  });

  it('has a table that tells what the chart draws', async () => {
    const { page } = await openDashboard();
    await dayCard(page).getByRole('button', { name: '표로 보기' }).click();
    const rows = dayCard(page).getByRole('row');
    expect(await rows.count()).toBeGreaterThan(90);
    expect(await rows.nth(1).innerText()).toMatch(/^오[전후] \d+:\d\d\s+[\d.]+ k?W\s+([\d.]+ k?W|–)\s+추정값$/);
  });

  it('survives a reload without signing in again', async () => {
    const { page } = await openDashboard();
    const address = page.url();
    await page.reload();
    await page.locator('[data-chip=live]').waitFor();
    expect(page.url()).toBe(address);
    const kept = await page.evaluate(() =>
      JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]),
    );
    expect(kept).not.toContain('eyJ');
  });

  it('keeps the last values under a banner without a connection and goes on when it is back', async () => {
    const { page } = await openDashboard();
    const told = lastLive(page);
    await page.waitForResponse(isLive);
    await page.context().setOffline(true);
    await page.getByText('인터넷에 연결되어 있지 않아요').waitFor({ timeout: 10_000 });
    const last = await told();
    await page
      .locator('[data-chip=offline]')
      .getByText(`마지막 값 ${clockText(last.load.ts ?? 0, ko)}`)
      .waitFor();
    expect(
      await nowCard(page)
        .getByText(/^\d+\.\d\d$/)
        .innerText(),
    ).toBe(kwOf(last));
    await page.context().setOffline(false);
    await page.locator('[data-chip=live]').waitFor({ timeout: 10_000 });
    expect(await page.getByText('인터넷에 연결되어 있지 않아요').count()).toBe(0);
  });

  it('does not move what is already on the screen', async () => {
    const { page } = await openDashboard();
    await page.reload();
    await page.locator('[data-part=line]').waitFor();
    for (let answers = 0; answers < 2; answers += 1) await page.waitForResponse(isLive);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            const entries = list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[];
            resolve(entries.reduce((sum, entry) => sum + (entry.hadRecentInput ? 0 : entry.value), 0));
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(0), 500);
        }),
    );
    console.log(`layout shift ${shift.toFixed(4)}`);
    expect(shift).toBeLessThanOrEqual(0.02);
  });
});
