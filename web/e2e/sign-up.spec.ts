import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aFrontDoor, type TestFrontDoor } from '../../functions/local/testing/front-door.ts';
import { launchBrowser, openPage } from './browser.ts';
import { look, smallTargets } from './look.ts';

let door: TestFrontDoor;
let browser: Browser;
beforeAll(async () => {
  [door, browser] = await Promise.all([aFrontDoor(), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await door?.close();
});

const PASSWORD = 'Correct-horse-1';

const openSignIn = async (): Promise<{ page: Page; errors: string[] }> => {
  const opened = await openPage(browser);
  const query = new URLSearchParams({
    client_id: 'hems-web',
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: `${door.origin}/signed-in`,
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  });
  await opened.page.goto(`${door.origin}/oidc/authorize?${query.toString()}`);
  return opened;
};
const lastCode = async (): Promise<string> => /\d{6}/.exec((await door.mails()).at(-1) ?? '')?.[0] ?? '';
const seen = async (page: Page, name: string): Promise<void> => {
  await look({ page, name, widths: [320, 390, 1280] });
  expect(await smallTargets(page)).toEqual([]);
};
/** Tab to what is focused next, and write. */
const fill = async (page: Page, label: string, text: string): Promise<void> => {
  await page.keyboard.press('Tab');
  expect(await page.getByLabel(label).evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.type(text);
};

describe('signing up', { timeout: 60_000 }, () => {
  it('needs a keyboard only, from the link on the sign-in page to the app, on pages that read well everywhere', async () => {
    const { page, errors } = await openSignIn();
    await seen(page, 'sign-in');
    await page.getByRole('link', { name: /계정 만들기/ }).press('Enter');
    await page.getByRole('heading', { name: /계정 만들기/ }).waitFor();
    await seen(page, 'sign-up');
    await page.locator('body').click({ position: { x: 1, y: 1 } });
    await fill(page, '이메일', 'keyboard@example.com');
    await fill(page, '이름', '김하나 👩‍👩‍👧');
    await fill(page, '새 비밀번호', PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /인증 코드/ }).waitFor();
    await seen(page, 'sign-up-code');
    await page.locator('body').click({ position: { x: 1, y: 1 } });
    await fill(page, '6자리 코드', '12');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await seen(page, 'sign-up-wrong-code');
    await page.getByLabel('6자리 코드').fill(await lastCode());
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/signed-in\?code=/);
    expect(errors).toEqual([]);
  });

  it('is followed by a new password once the first is forgotten', async () => {
    const { page, errors } = await openSignIn();
    await page.getByRole('link', { name: /비밀번호를 잊으셨나요/ }).click();
    await seen(page, 'reset');
    await page.getByLabel('이메일').fill('keyboard@example.com');
    await page.getByRole('button', { name: /인증 코드 받기/ }).click();
    await page.getByRole('heading', { name: /인증 코드/ }).waitFor();
    await seen(page, 'reset-code');
    await page.getByLabel('6자리 코드').fill(await lastCode());
    await page.getByLabel('새 비밀번호').fill('Another-horse-2');
    await page.getByRole('button', { name: /^확인/ }).click();
    await page.waitForURL(/\/signed-in\?code=/);
    expect(errors).toEqual([]);
  });
});
