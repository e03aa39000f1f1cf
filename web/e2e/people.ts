import { issueCodes } from '@hems/shared/api/proofs';
import type { Call } from '@hems/shared/client/client';
import type { Browser, Page } from 'playwright-core';
import { openPage, type Opened } from './browser.ts';
import type { Host } from './host.ts';

export const PASSWORD = 'Correct-horse-1';
/** A test that is repeated is somebody else. */
export const addressOf = (name: string): string => `${name}-${Date.now()}@example.com`;

type Newcomer = { readonly host: Host; readonly browser: Browser; readonly email: string; readonly path?: string };

/** Somebody new, from the landing page to a page of the app, by way of the sign-up form and the code of the mail. */
export const signUp = async ({ host, browser, email, path = '/' }: Newcomer): Promise<Opened> => {
  const opened = await openPage(browser, { host });
  const { page } = opened;
  await page.goto(host.origin + path);
  await page.locator('main').getByRole('button', { name: '로그인' }).first().click();
  await page.getByRole('link', { name: /계정 만들기/ }).click();
  await page.getByLabel('이메일').fill(email);
  await page.getByLabel('이름').fill('김하나');
  await page.getByLabel('새 비밀번호').fill(PASSWORD);
  await page.getByRole('button', { name: /인증 코드 받기/ }).click();
  await page.getByLabel('6자리 코드').waitFor();
  const mail = (await host.mails()).findLast((one) => one.includes(`To: ${email}\r\n`)) ?? '';
  await page.getByLabel('6자리 코드').fill(/\b\d{6}\b/.exec(mail)?.[0] ?? '');
  await page.getByRole('button', { name: /^확인/ }).click();
  await page.waitForURL(({ origin, pathname }) => origin === host.origin && !/^\/(oidc|signed-in)/.test(pathname));
  return opened;
};

export const press = async (page: Page, name: string): Promise<void> =>
  page.getByRole('main').getByRole('button', { name, exact: true }).click();
/** Waits for the step of joining with this name. */
export const question = async (page: Page, name: string): Promise<void> =>
  page.getByRole('region', { name, exact: true }).getByRole('heading', { name, level: 2 }).waitFor();
export const householdOf = (page: Page): string => /\/households\/([^/?]+)/.exec(page.url())?.[1] ?? '';

export const begin = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { name: '우리 집을 연결해 볼까요?' }).waitFor();
  await press(page, '시작하기');
  await question(page, '어디에 사세요?');
};

const PLACE = { address: '봉산로 12', postalCode: '03990' };

export const sayPlace = async (page: Page, unit: string): Promise<void> => {
  await page.getByLabel('도로명주소').fill(PLACE.address);
  await page.getByLabel('동·호수').fill(unit);
  await page.getByLabel('우편번호').fill(PLACE.postalCode);
  await page.getByLabel('시·군·구').fill('서울특별시 마포구');
  await press(page, '다음');
  await question(page, '집은 어떤가요?');
};

/** What the document shows that an operator approves the flat by. */
export const residenceOf = (unit: string) => ({ ...PLACE, unit });

/** The code that the building gives the flat. */
export const codeOf = async (operator: Call, { unit, expiresOn }: { unit: string; expiresOn: string }) =>
  (await operator(issueCodes, { body: { ...PLACE, units: [unit], expiresOn } })).codes[0]?.code ?? '';

/** The utility's table: a line for each day or hour, `use` in kWh. */
export const csvOf = (lines: readonly (readonly [when: string, kwh: string])[], isHourly = false): Buffer =>
  Buffer.from(
    [isHourly ? '일자,시간,사용량(kWh)' : '일자,사용량(kWh)', ...lines.map((line) => line.join(','))].join('\n'),
  );

export const sendFile = async (page: Page, buffer: Buffer): Promise<void> => {
  await page.locator('input[type=file]').setInputFiles({ name: 'usage.csv', mimeType: 'text/csv', buffer });
  await page.getByText(/^\d+일의 기록을 가져왔어요\.$/).waitFor({ timeout: 20_000 });
};
