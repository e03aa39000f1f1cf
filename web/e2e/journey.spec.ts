import { addDays, dayStart, HOUR_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { issueClaims } from '@hems/shared/api/claims';
import { moveApplication } from '@hems/shared/api/programmes';
import { decideProof } from '@hems/shared/api/proofs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plugIn } from '../../functions/local/testing/plugged-in.ts';
import { launchBrowser, nowCard, pass } from './browser.ts';
import { startHost, type Host } from './host.ts';
import { operatorOf, runDay } from './operator.ts';
import {
  addressOf,
  begin,
  csvOf,
  householdOf,
  press,
  question,
  residenceOf,
  sayPlace,
  sendFile,
  signUp,
} from './people.ts';

/** The last day of a month whose cashback has a published price, at ten in the morning. */
const TODAY = '2026-05-31';
const TOMORROW = addDays(TODAY, 1);
let host: Host;
let browser: Browser;
beforeAll(async () => {
  [host, browser] = await Promise.all([startHost({ atMs: dayStart(TODAY) + 10 * HOUR_MS }), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

const UNIT = '106동 1502호';
const POWER_W = 420;
/** The file that the utility hands out: 11.3 kWh a day for two years, 10 a day in this month. */
const linesUntil = (last: LocalDate): (readonly [string, string])[] => {
  const lines: (readonly [string, string])[] = [];
  for (let date: LocalDate = '2024-05-01'; date <= last; date = addDays(date, 1))
    lines.push([date, date < '2026-05-01' ? '11.3' : '10']);
  return lines;
};
/** Against 31 days of 11.3 kWh 11.5 % less: 30 + 50 won for each kWh that was saved. */
const CASHBACK_WON = '₩3,224';

const region = (page: Page, name: string | RegExp) => page.getByRole('region', { name });
const goTo = async (page: Page, path: string): Promise<void> => {
  await page.locator(`a[href$="${path}"]`).first().click();
  await page.waitForURL((url) => url.pathname.endsWith(path));
};

it(
  'a new resident alone: signs up, is let in, brings a history, plugs a meter in, applies, earns, sees why, takes everything along and is forgotten',
  { timeout: 240_000 },
  async () => {
    const operator = await operatorOf(host);
    const began = performance.now();
    const { page, errors } = await signUp({ host, browser, email: addressOf('newcomer') });
    await begin(page);
    await sayPlace(page, UNIT);
    await press(page, '나중에 하기');
    await page.getByLabel('사용기간 첫날').fill('2026-04-01');
    await page.getByLabel('사용기간 마지막 날').fill('2026-04-30');
    await page.getByLabel('사용량 (kWh)').fill('339');
    await page.getByLabel('청구 금액 (원)').fill('60000');
    await press(page, '계약 찾기');
    await page.getByRole('button', { name: '이 계약으로 하기' }).first().click();
    await press(page, '운영자에게 확인 요청하기');
    await page.getByText('확인을 기다리고 있어요').waitFor();
    const householdId = householdOf(page);
    const params = { householdId };
    const home = `${host.origin}/households/${householdId}`;
    const approval = {
      decision: 'approve',
      reason: 'the office has confirmed it',
      residence: residenceOf(UNIT),
    } as const;
    await operator(decideProof, { params, body: approval });
    await pass(host, page, 20_000);

    await question(page, '지난 기록을 가져와요');
    const sent = performance.now();
    await sendFile(page, csvOf(linesUntil(addDays(TODAY, -1))));
    await page.getByText('760일의 기록을 가져왔어요.').waitFor();
    await press(page, '다음');
    await question(page, '기기를 연결해요');
    const serial = `SN-${Date.now()}`;
    const body = { gateways: [{ serial, devices: ['smart_meter' as const] }], expiresOn: addDays(TODAY, 30) };
    const { claims } = await operator(issueClaims, { body });
    await page.getByLabel('등록 코드').fill(claims[0]?.code ?? '');
    await press(page, '게이트웨이 등록하기');
    await page.getByText('이제 게이트웨이에 전원과 인터넷을 연결해 주세요.').waitFor();
    const gateway = await plugIn(host, serial);
    await gateway.tell({ ts: host.nowMs(), powerW: POWER_W });
    await press(page, '다음');
    await question(page, '준비가 끝났어요');
    await page.getByText(/^0\.42 kW$/).waitFor();
    const [sinceSignUp, sinceFile] = [performance.now() - began, performance.now() - sent].map(Math.round);
    console.log(`first insight ${sinceFile} ms after the file, ${sinceSignUp} ms after the landing page`);
    expect(sinceSignUp).toBeLessThan(60_000);

    await page.getByRole('link', { name: '우리 집 보기' }).click();
    await page.waitForURL(home);
    await nowCard(page).getByText('0.42').waitFor();
    // 30 days of 10 kWh; what they cost is told here and on the bill
    await goTo(page, '/energy');
    await page.getByRole('button', { name: '월', exact: true }).click();
    await region(page, '사용량 합계')
      .getByText(/^300(\.\d+)? kWh$/)
      .waitFor();

    await goTo(page, '/rewards');
    await goTo(page, '/rewards/programmes');
    const cashback = region(page, '에너지캐시백');
    await cashback.first().waitFor();
    const programme = page.getByRole('region', { name: '에너지캐시백', exact: true });
    await programme.getByRole('button', { name: '신청하기' }).click();
    for (const tick of await programme.getByRole('checkbox').all()) await tick.check();
    await programme.getByRole('button', { name: '확인' }).click();
    await programme.getByText('신청함').first().waitFor();
    for (const to of ['under-review', 'approved'] as const)
      await operator(moveApplication, { params: { householdId, programme: 'energy-cashback' }, body: { to } });

    // The month ends at midnight; what was used on its last day is in the utility's file of the next morning.
    await pass(host, page, 23 * HOUR_MS);
    await page.goto(`${home}/onboarding`);
    await question(page, '준비가 끝났어요');
    await press(page, '이전');
    await press(page, '이전');
    await question(page, '지난 기록을 가져와요');
    await sendFile(page, csvOf(linesUntil(TODAY)));
    await runDay(await operatorOf(host), TODAY);
    await press(page, '다음');
    await press(page, '다음');
    await page.getByRole('link', { name: '우리 집 보기' }).click();
    await goTo(page, '/rewards');
    const entries = region(page, '적립 내역');
    await entries.getByText(CASHBACK_WON).waitFor();
    await entries.getByText('잠정').first().waitFor();
    await entries.getByRole('link', { name: /근거 보기$/ }).click();
    await page.getByText('기록과 다시 계산한 값이 같아요.').waitFor();
    expect(await page.locator('main').innerText()).toContain(CASHBACK_WON);

    await page.goto(`${home}/settings/exports`);
    await press(page, '파일 만들기');
    const link = page.getByRole('link', { name: '내려받기' });
    for (let polls = 0; polls < 60 && (await link.count()) === 0; polls += 1) await page.clock.runFor(1000);
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe(`hems-${TOMORROW}.zip`);

    await gateway.unplug();
    await page.goto(`${home}/settings/erase`);
    await page.getByLabel(/^확인을 위해/).fill('삭제');
    await press(page, '이 집 삭제하기');
    await page.waitForURL(/\/erasures\/[A-Za-z0-9_-]{22}$/);
    await page.getByText('지우고 있어요').waitFor();
    await page.getByText('삭제를 마쳤어요').waitFor({ timeout: 90_000 });
    expect(await region(page, '지운 결과').innerText()).toMatch(/지운 뒤 다시 찾은 기록\s+0건/);
    await page.goto(home);
    await page.getByRole('heading', { name: '이 집을 볼 수 있는 권한이 없어요' }).waitFor();
    expect(errors).toEqual([]);
  },
);
