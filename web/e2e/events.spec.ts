import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { announceEvent } from '@hems/shared/api/events';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openPage, pass, signIn } from './browser.ts';
import { startHost, type Host } from './host.ts';
import { operatorOf, runDay } from './operator.ts';

/** A Wednesday, twenty minutes before an event; the flat's baseline rests on the five weekdays of the week before. */
const TODAY = '2026-11-25';
const EVENT = { eventId: 'evening-1125', programme: 'per-home-dr-target', date: TODAY, fromHour: 16, toHour: 17 };
const MINUTE_MS = 60_000;
const BEGIN_MS = dayStart(TODAY) + 15 * HOUR_MS + 40 * MINUTE_MS;

let host: Host;
let browser: Browser;
beforeAll(async () => {
  const beginning = { atMs: BEGIN_MS, days: 7, lookEveryMs: 1000 };
  [host, browser] = await Promise.all([startHost(beginning), launchBrowser()]);
  await host.caughtUp;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

it(
  'an event is announced, told, joined, worked out within half an hour of its end, and settled by the run of the day',
  { timeout: 60_000 },
  async () => {
    const operator = await operatorOf(host);
    await operator(announceEvent, { body: { ...EVENT, points: 500 } });

    const { page } = await openPage(browser, { host });
    await page.goto(host.origin);
    await signIn(page, host);
    await page.locator('main section').first().waitFor();
    await page.locator('a[href="/inbox"]').first().click();
    await page.getByRole('link', { name: /11월 25일 16~17시, 절전 이벤트가 있어요/ }).click();

    const event = page.getByRole('region', { name: '절전 이벤트' });
    await event.getByText('답을 기다려요').waitFor();
    await event.getByText('500 P', { exact: true }).waitFor();
    await event.getByText(/^시작까지 \d+분$/).waitFor();
    await event.getByRole('button', { name: '참여할게요' }).click();
    await event.getByRole('button', { name: '확인' }).click();
    await event.getByText('참여', { exact: true }).waitFor();
    const timeline = page.getByRole('region', { name: '진행 과정' });
    await timeline.getByText(/가족이 직접/).waitFor();

    const endsMs = dayStart(TODAY) + EVENT.toHour * HOUR_MS;
    // quarter by quarter: each is told by the devices as it ends
    while (host.nowMs() < endsMs) {
      await pass(host, page, 15 * MINUTE_MS);
      await page.waitForTimeout(400);
    }
    await event
      .getByText(/^종료까지|^이벤트가 끝났어요/)
      .first()
      .waitFor();
    const figures = event.getByText(/^평소 사용량 기준/);
    let shownMs = Infinity;
    while (host.nowMs() < endsMs + 40 * MINUTE_MS && shownMs === Infinity) {
      await page.waitForTimeout(1500);
      if (await figures.isVisible()) shownMs = host.nowMs();
      else await pass(host, page, 3 * MINUTE_MS);
    }
    expect((shownMs - endsMs) / MINUTE_MS, await event.innerText()).toBeLessThan(30);
    await event.getByText('잠정 결과').waitFor();

    await pass(host, page, dayStart(TODAY) + 24 * HOUR_MS + 25 * MINUTE_MS - host.nowMs());
    await runDay(await operatorOf(host), TODAY);
    await pass(host, page, 2 * MINUTE_MS);
    await event.getByText('정산 결과').waitFor();
    await timeline.getByText('정산', { exact: true }).waitFor();
  },
);
