import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, localDate } from '@hems/models/calendar/seoul';
import { issueClaims } from '@hems/shared/api/claims';
import { decideProof } from '@hems/shared/api/proofs';
import type { Call } from '@hems/shared/client/client';
import { launchBrowser, nowCard, openPage, type Opened } from './browser.ts';
import { startHost, type Host } from './host.ts';
import { look, smallTargets } from './look.ts';
import { operatorOf } from './operator.ts';
import {
  addressOf,
  begin,
  codeOf,
  csvOf,
  householdOf,
  PASSWORD,
  press,
  question,
  residenceOf,
  sayPlace,
  sendFile,
  signUp,
} from './people.ts';

let host: Host;
let browser: Browser;
let operator: Call;
beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  operator = await operatorOf(host);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

const expiresOn = addDays(localDate(Date.now()), 30);
const join = async (email: string, path = '/'): Promise<Opened> => await signUp({ host, browser, email, path });
const code = async (unit: string): Promise<string> => await codeOf(operator, { unit, expiresOn });
const seen = async (page: Page, name: string): Promise<void> => {
  await look({ page, name });
  expect(await smallTargets(page), name).toEqual([]);
};

/** Days of the utility's table, hour by hour, up to the day before yesterday, and a line that is refused. */
const hourly = (days: number): Buffer => {
  const last = addDays(localDate(Date.now()), -2);
  const lines = Array.from({ length: days * 24 }, (_, index): [string, string] => {
    const date = addDays(last, Math.floor(index / 24) - days + 1);
    return [`${date},${String(index % 24).padStart(2, '0')}:00`, '0.3'];
  });
  return csvOf([...lines, ['2026-01-01,00:00', '-5']], true);
};

describe('a household joins', { timeout: 180_000 }, () => {
  it('from the sign-up to its own screens, step by step, each of which reads well everywhere', async () => {
    const { page, errors } = await join(addressOf('owner'));
    await page.waitForURL(/\/join$/);
    await seen(page, 'join');
    await begin(page);
    await press(page, '다음');
    expect(await page.getByRole('alert').count()).toBe(3);
    await seen(page, 'onboarding-place');
    await sayPlace(page, '103동 1203호');
    await page.getByLabel('전용면적 (㎡)').fill('84');
    await press(page, '다음');

    await question(page, '전기 계약을 확인해요');
    await page.getByLabel('사용기간 첫날').fill('2026-09-01');
    await page.getByLabel('사용기간 마지막 날').fill('2026-09-30');
    await page.getByLabel('사용량 (kWh)').fill('312');
    await page.getByLabel('청구 금액 (원)').fill('60000');
    await press(page, '계약 찾기');
    await page.getByRole('button', { name: '이 계약으로 하기' }).first().waitFor();
    await seen(page, 'onboarding-supply');
    await page.getByRole('button', { name: '이 계약으로 하기' }).first().click();

    await question(page, '거주를 확인해요');
    await seen(page, 'onboarding-proof');
    await page.getByLabel('건물 코드').fill('AAAA-AAAA-AAAA');
    await press(page, '코드 확인하기');
    await page.getByText('우리 집 코드가 아니에요').waitFor();
    await page.getByText('9번 더 틀리면 잠겨요.').waitFor();
    // Left and come back to, it goes on where it was.
    await page.goto(`${host.origin}/households/${householdOf(page)}/bill`);
    await question(page, '거주를 확인해요');
    await page.getByLabel('건물 코드').fill((await code('103동 1203호')).toLowerCase());
    await press(page, '코드 확인하기');

    await question(page, '지난 기록을 가져와요');
    await sendFile(page, hourly(40));
    await page.getByText('받지 않은 줄').first().click();
    await seen(page, 'onboarding-history');
    await press(page, '다음');

    await question(page, '기기를 연결해요');
    await seen(page, 'onboarding-device');
    const gateways = [{ serial: `SN-${Date.now()}`, devices: ['smart_meter' as const] }];
    const { claims } = await operator(issueClaims, { body: { gateways, expiresOn } });
    await page.getByLabel('등록 코드').fill(claims[0]?.code ?? '');
    await press(page, '게이트웨이 등록하기');
    await page.getByText('이제 게이트웨이에 전원과 인터넷을 연결해 주세요.').waitFor();
    await press(page, '다음');
    await question(page, '준비가 끝났어요');
    await seen(page, 'onboarding-done');
    await page.getByRole('link', { name: '우리 집 보기' }).click();
    await nowCard(page).waitFor();
    expect(errors).toEqual([]);
  });

  it('waits for an operator, who opens it while the page is looked at', async () => {
    const { page } = await join(addressOf('patient'));
    await begin(page);
    await sayPlace(page, '104동 901호');
    await press(page, '나중에 하기');
    await press(page, '고지서가 없어요');
    await page.clock.install();
    await press(page, '운영자에게 확인 요청하기');
    await page.getByText('확인을 기다리고 있어요').waitFor();
    await operator(decideProof, {
      params: { householdId: householdOf(page) },
      body: {
        decision: 'approve',
        reason: 'confirmed by the office',
        residence: residenceOf('104동 901호'),
      },
    });
    await page.clock.fastForward(20_000);
    await question(page, '지난 기록을 가져와요');
    expect(await page.getByText('확인을 기다리고 있어요').count()).toBe(0);
  });

  it('of a demo has figures within a minute of its beginning', async () => {
    const { page } = await join(addressOf('curious'));
    await page.getByRole('heading', { name: '우리 집을 연결해 볼까요?' }).waitFor();
    const before = Date.now();
    await press(page, '데모 홈 보기');
    const total = page.getByRole('region', { name: '사용량 합계' }).locator('p').first();
    await total.filter({ hasText: /^[\d,.]+ kWh$/ }).waitFor({ timeout: 60_000 });
    const took = Date.now() - before;
    console.log(`demo home: ${await total.innerText()} on the screen ${took} ms after the button`);
    expect(took).toBeLessThan(60_000);
    await page.getByRole('button', { name: /^데모 · / }).waitFor();
  });
});

describe('the people of a household', { timeout: 180_000 }, () => {
  it('invite, join by the link, hand over, and are signed out of every device at once', async () => {
    const invited = addressOf('guest');
    const owner = await join(addressOf('lender'));
    await begin(owner.page);
    await sayPlace(owner.page, '105동 101호');
    await press(owner.page, '나중에 하기');
    await press(owner.page, '고지서가 없어요');
    await owner.page.getByLabel('건물 코드').fill(await code('105동 101호'));
    await press(owner.page, '코드 확인하기');
    await question(owner.page, '지난 기록을 가져와요');
    const home = `${host.origin}/households/${householdOf(owner.page)}`;

    await owner.page.goto(`${home}/settings/members`);
    await owner.page.getByText('마지막 대표자는 나갈 수 없어요.').waitFor();
    await owner.page.getByLabel('이메일').fill(invited);
    await press(owner.page, '초대 보내기');
    await seen(owner.page, 'members');
    const link = await owner.page.getByLabel('초대 링크').inputValue();

    const stranger = await join(addressOf('stranger'), new URL(link).pathname + new URL(link).hash);
    expect(stranger.page.url()).toBe(`${host.origin}/invitations`);
    await press(stranger.page, '참여하기');
    await stranger.page.getByText('다른 이메일 주소로 보낸 초대예요.').waitFor();
    await seen(stranger.page, 'invitation');

    const guest = await join(invited, new URL(link).pathname + new URL(link).hash);
    await press(guest.page, '참여하기');
    await guest.page.waitForURL(home);
    await guest.page.goto(`${home}/settings/devices`);
    await guest.page.getByText('등록된 게이트웨이가 없어요').waitFor();
    await seen(guest.page, 'devices');

    await owner.page.reload();
    await owner.page.getByLabel('김하나 관리').click();
    await owner.page.getByLabel('김하나의 역할').selectOption('owner');
    await press(owner.page, '저장');
    await press(owner.page, '확인');
    await press(owner.page, '이 집에서 나가기');
    await press(owner.page, '확인');
    await owner.page.waitForURL(/\/join$/);

    await guest.page.goto(`${host.origin}/account`);
    await guest.page.getByText(invited).waitFor();
    await seen(guest.page, 'account');
    await guest.page.goto(home);
    await nowCard(guest.page).waitFor();
    const other = await openPage(browser);
    await other.page.goto(`${host.origin}/account`);
    await other.page.locator('main').getByRole('button', { name: '로그인' }).click();
    await other.page.getByLabel('이메일').fill(invited);
    await other.page.getByLabel('비밀번호').fill(PASSWORD);
    await other.page.getByRole('button', { name: /^로그인/ }).click();
    await press(other.page, '모든 기기에서 로그아웃');
    await press(other.page, '확인');
    await guest.page.getByText('모든 기기에서 로그아웃해서 이 기기의 로그인도 끝났어요.').waitFor({ timeout: 30_000 });
    expect([owner, guest, stranger].flatMap(({ errors }) => errors)).toEqual([]);
  });
});
