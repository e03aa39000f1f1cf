import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localDate } from '@hems/models/calendar/seoul';
import { launchBrowser, openPage, signIn } from './browser.ts';
import { startHost, type Host } from './host.ts';
import { look, smallTargets } from './look.ts';

let host: Host;
let browser: Browser;
beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

type Opened = { readonly page: Page; readonly errors: string[]; readonly home: string };

const openHome = async (locale = 'ko'): Promise<Opened> => {
  const { page, errors } = await openPage(browser);
  await page.addInitScript((chosen) => localStorage.setItem('hems.locale', chosen), locale);
  await page.goto(host.origin);
  await signIn(page, host);
  await page.locator('[data-part=line]').waitFor();
  return { page, errors, home: page.url() };
};
/** By the links on the screen, as a resident goes; the one before is gone once its own card is. */
const goTo = async (page: Page, path: string, card: RegExp): Promise<void> => {
  await page.locator(`nav a[href$="${path}"]`).first().click();
  await page.waitForURL(new RegExp(`${path}(\\?|$)`));
  await page.getByRole('region', { name: card }).first().waitFor();
  await settled(page);
};
/** The screens beside the dashboard ask seldom: once their answers are there, the network rests. */
const settled = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle');
  await page.locator('main section[data-state]').first().waitFor();
  await page.waitForFunction(() => document.querySelector('main [data-state=loading]') === null);
};

/** Each screen, and a card that no other has. */
const PATHS: readonly (readonly [path: string, card: RegExp])[] = [
  ['/energy', /^(사용량 합계|Energy used)$/],
  ['/bill', /^(전기 계약|Contract)$/],
  ['/rewards', /^(리워드|Rewards)$/],
  ['/rewards/programmes', /^(에너지캐시백|Energy cashback)$/],
  ['/community', /^(비슷한 집과 함께 절약해요|Save together with similar homes)$/],
];
const STATES = ['ready', 'partial', 'empty'];

describe.each(['ko', 'en'])('every screen of a home in %s', { timeout: 240_000 }, (locale) => {
  it('answers, fits at 360 and 1280 px, light and dark, can be pressed with a fingertip and passes axe', async () => {
    const { page, errors } = await openHome(locale);
    for (const [path, card] of PATHS) {
      await goTo(page, path, card);
      const states = await page
        .locator('main section[data-state]')
        .evaluateAll((cards) => cards.map((one) => one.getAttribute('data-state')));
      for (const state of states) expect(STATES, `${path}: ${states.join(', ')}`).toContain(state);
      await page.evaluate(() =>
        document.querySelectorAll('details').forEach((details) => details.setAttribute('open', '')),
      );
      await look({ page, name: path.slice(1).replace('/', '-') });
      expect(await smallTargets(page), path).toEqual([]);
    }
    expect(errors).toEqual([]);
  });
});

describe('energy', { timeout: 120_000 }, () => {
  const total = async (page: Page): Promise<string> =>
    page.getByRole('region', { name: '사용량 합계' }).locator('p').first().innerText();

  it('has the same total as a day of hours and as a bar of its month', async () => {
    const { page, home } = await openHome();
    // in the small hours the page opens with the day before
    await page.goto(`${home}/energy?scope=day&date=${localDate(Date.now())}`);
    await page.getByRole('button', { name: '이전 기간' }).click();
    await settled(page);
    const day = Number((await total(page)).replace(' kWh', ''));
    expect(day).toBeGreaterThan(0);
    await page.getByRole('button', { name: '월', exact: true }).click();
    await settled(page);
    await page.getByRole('button', { name: '표로 보기' }).click();
    const date = new Date(Date.now() - 86_400_000 + 9 * 3_600_000).toISOString();
    const [month, dayOfMonth] = [Number(date.slice(5, 7)), Number(date.slice(8, 10))];
    const row = page.getByRole('row', { name: new RegExp(`^${month}월 ${dayOfMonth}일 `) });
    expect(Math.abs(Number(/([\d.]+) kWh/.exec(await row.innerText())?.[1]) - day)).toBeLessThan(0.06);
  });

  it('tells an exact value where a finger taps and where an arrow key goes', async () => {
    const { page, home } = await openHome();
    await page.goto(`${home}/energy?scope=month`);
    await settled(page);
    const slider = page.getByRole('slider', { name: '막대 고르기' });
    const box = (await slider.boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.5, box.y + box.height / 2);
    const tapped = Number(await slider.inputValue());
    const days = Number(await slider.getAttribute('max')) + 1;
    expect(tapped).toBe(Math.floor(days / 2));
    await slider.press('ArrowLeft');
    expect(Number(await slider.inputValue())).toBe(tapped - 1);
    expect(await slider.getAttribute('aria-valuetext')).toMatch(new RegExp(`${tapped}일 \\(.\\) · `));
  });

  it('hands over a file with a line for each day that has come', async () => {
    const { page, home } = await openHome();
    await page.goto(`${home}/energy?scope=week`);
    await settled(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV 내려받기' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^hems-kwh-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  });
});

describe('the bill', { timeout: 120_000 }, () => {
  it('follows the contract that the resident states', async () => {
    const { page, home } = await openHome();
    await page.goto(`${home}/bill`);
    await settled(page);
    const won = async (): Promise<string> =>
      page.getByRole('region', { name: '지금까지의 요금' }).locator('strong').first().innerText();
    const before = await won();
    expect(before).toMatch(/^₩[\d,]+$/);
    await page.getByRole('button', { name: /계약 정보/ }).click();
    const voltage = page.getByLabel('전압');
    const other = (await voltage.inputValue()) === 'low' ? 'high' : 'low';
    await voltage.selectOption(other);
    await page.getByLabel('기초생활 (생계·의료)').check();
    await page.getByRole('button', { name: '저장' }).click();
    await page.getByText('저장했어요.').waitFor();
    await expect.poll(won).not.toBe(before);
    expect(await page.getByText('가장 흔한 계약으로 가정했어요').count()).toBe(0);
  });
});

describe('programmes and community', { timeout: 120_000 }, () => {
  it('a programme of ours is joined and left, each after a second word', async () => {
    const { page, home } = await openHome();
    await page.goto(`${home}/rewards/programmes`);
    await settled(page);
    const offered = page.locator('main section[data-state]').filter({ hasText: /(참여하기|신청하기)/ });
    const name = await offered.first().getByRole('heading', { level: 2 }).innerText();
    const programme = page.getByRole('region', { name, exact: true });
    await programme.getByRole('button', { name: /^(참여하기|신청하기)$/ }).click();
    for (const tick of await programme.getByRole('checkbox').all()) await tick.check();
    await programme.getByRole('button', { name: '확인' }).click();
    await programme.getByRole('button', { name: '그만두기' }).click();
    await programme.getByRole('button', { name: '확인' }).click();
    await programme.getByText('그만둠').first().waitFor();
    expect(await programme.getByRole('button', { name: /^(참여하기|신청하기)$/ }).count()).toBe(1);
  });

  it('the community is joined by consent under a pseudonym, and left again', async () => {
    const { page, home } = await openHome();
    await page.goto(`${home}/community`);
    await settled(page);
    await page.getByLabel('위 내용에 동의해요').check();
    await page.getByRole('button', { name: '동의하고 참여하기' }).click();
    await page.getByText(/^내 가명: /).waitFor();
    await page.getByRole('button', { name: '커뮤니티 그만두기' }).click();
    await page.getByRole('button', { name: '확인' }).click();
    await page.getByRole('button', { name: '동의하고 참여하기' }).waitFor();
    expect(await page.getByText(/^내 가명: /).count()).toBe(0);
  });
});
