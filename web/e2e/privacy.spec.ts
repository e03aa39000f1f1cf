import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, fillSignIn, signIn } from './browser.ts';
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

const openHome = async (as: number, locale = 'ko'): Promise<Opened> => {
  const { page, errors } = await openPage(browser);
  await page.addInitScript((chosen) => localStorage.setItem('hems.locale', chosen), locale);
  await page.goto(host.origin);
  await signIn(page, host, as);
  return { page, errors, home: page.url() };
};
const settled = async (page: Page): Promise<void> => {
  await page.locator('main section[data-state]').first().waitFor();
  await page.waitForFunction(() => document.querySelector('main [data-state=loading]') === null);
};
/** Through the links on the screen, as a resident goes. */
const follow = async (page: Page, ...paths: readonly string[]): Promise<void> => {
  for (const path of paths) {
    await page.locator(`a[href$="${path}"]`).first().click();
    await page.waitForURL((url) => url.pathname.endsWith(path));
    await settled(page);
  }
};
const openSettings = async (as: number, name: string, locale = 'ko'): Promise<Opened> => {
  const opened = await openHome(as, locale);
  await follow(opened.page, '/settings', `/settings/${name}`);
  return opened;
};
const seen = async (page: Page, name: string): Promise<void> => {
  await look({ page, name });
  expect(await smallTargets(page)).toEqual([]);
};
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const stateOf = async (page: Page, name: string): Promise<string> =>
  (await region(page, name).innerText()).includes('동의함') ? 'agreed' : 'not agreed';

/** An operator looks a home up over the API, as the `hems` command does. */
const lookUp = async (home: string, reason: string): Promise<void> => {
  const { page } = await openPage(browser);
  await page.goto(host.origin);
  await page.locator('main').getByRole('button', { name: '로그인' }).click();
  await page.waitForURL(/\/oidc\//);
  const asked = page.waitForRequest((request) => request.url().endsWith('/v1/session'));
  await fillSignIn(
    page,
    host.users.find(({ email }) => email.startsWith('operator'))!,
  );
  const authorization = (await asked).headers()['authorization']!;
  const id = /households\/([^/?]+)/.exec(home)![1];
  const response = await fetch(`${host.origin}/v1/look-ups`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ by: 'household', id, reason }),
  });
  expect(response.status).toBe(200);
  await page.context().close();
};

const NOTICES = [
  ['unusual-use', { date: '2026-11-22', toHour: 14, usedWh: 4200, usualWh: 1100 }, 'energy', null],
  [
    'event-invitation',
    { eventId: 'e', programme: 'p', date: '2026-11-24', fromHour: 18, toHour: 19, startsMs: 0 },
    'rewards/programmes',
    null,
  ],
  [
    'weekly-summary',
    { from: '2026-11-16', to: '2026-11-22', importWh: 62_300, beforeImportWh: 70_100, costWon: 9800 },
    'energy',
    1,
  ],
  ['reward-paid', { payoutId: 'x', unit: 'won', amount: 3000 }, 'rewards', 1],
] as const;

/** What an inbox looks like after some weeks: nothing of that happens in the first minute of a host. */
const withNotices = async (page: Page, home: string): Promise<void> => {
  const householdId = /households\/([^/?]+)/.exec(home)![1]!;
  const notices = NOTICES.map(([kind, facts, path, readMs], index) => ({
    noticeId: `notice-${index}`,
    kind,
    householdId,
    atMs: Date.now() - index * 7 * 3_600_000,
    readMs,
    facts,
    path: `/households/${householdId}/${path}`,
  }));
  await page.route('**/v1/inbox', async (route) => route.fulfill({ json: { notices, unread: 2, cursor: null } }));
};

/** Of the second resident: it takes most of a minute, in which the other tests go on. */
let begun: (Opened & { readonly address: string }) | undefined;

it(
  'a home is erased by its owner, and the receipt is open to whoever has its address',
  { timeout: 60_000 },
  async () => {
    const opened = await openSettings(1, 'erase');
    const { page } = opened;
    await page.getByRole('button', { name: '이 집 삭제하기' }).click();
    await page.getByText('‘삭제’라고 적어야 삭제할 수 있어요.').waitFor();
    await page.getByLabel('확인을 위해 ‘삭제’라고 적어 주세요').fill('삭제');
    await page.getByRole('button', { name: '이 집 삭제하기' }).click();
    await page.waitForURL(/\/erasures\/[A-Za-z0-9_-]{22}$/);
    begun = { ...opened, address: page.url() };
    expect(opened.errors).toEqual([]);
    await page.getByText('지우고 있어요').waitFor();
    const visitor = await openPage(browser);
    await visitor.page.goto(begun.address);
    await visitor.page.getByText('지우고 있어요').waitFor();
    await seen(visitor.page, 'receipt-erasing');
  },
);

describe.each(['ko', 'en'])('every page of notices and privacy in %s', { timeout: 300_000 }, (locale) => {
  it('answers, fits from 320 to 1280 px, light and dark, can be pressed with a fingertip and passes axe', async () => {
    const { page, errors, home } = await openHome(0, locale);
    await lookUp(home, '고장 문의 123번 확인');
    await follow(page, '/settings');
    await seen(page, 'settings');
    for (const name of ['consents', 'access', 'exports', 'erase']) {
      await follow(page, `/settings/${name}`);
      await seen(page, name);
      await follow(page, '/settings');
    }
    await follow(page, '/account', '/erase-account');
    await seen(page, 'erase-account');
    await withNotices(page, home);
    await page.reload();
    await follow(page, '/inbox');
    await seen(page, 'inbox');
    await follow(page, '/inbox/settings');
    await seen(page, 'notice-settings');
    await page.goto(`${host.origin}/unsubscribe#a.b`);
    await page.getByRole('button', { name: /^(수신 거부하기|Unsubscribe)$/ }).waitFor();
    await seen(page, 'unsubscribe');
    expect(errors).toEqual([]);
  });
});

describe('notices', { timeout: 120_000 }, () => {
  it('choices are kept, and the bell leads to the inbox from a screen of the home', async () => {
    const { page } = await openHome(0);
    await page.getByRole('link', { name: /^알림함/ }).click();
    await page.waitForURL(`${host.origin}/inbox`);
    await page.getByRole('link', { name: '알림 설정' }).click();
    const tick = page.getByLabel('요금 목표 초과: 이메일');
    const before = await tick.isChecked();
    await tick.setChecked(!before);
    const card = region(page, '무엇을 어디로 받을까요');
    await card.getByRole('button', { name: '저장' }).click();
    await card.getByText('저장했어요.').waitFor();
    await page.getByLabel('일주일에 받을 푸시와 이메일').fill('3');
    await region(page, '언제, 얼마나').getByRole('button', { name: '저장' }).click();
    await region(page, '언제, 얼마나').getByText('저장했어요.').waitFor();
    await page.reload();
    await tick.waitFor();
    expect(await tick.isChecked()).toBe(!before);
    expect(await page.getByLabel('일주일에 받을 푸시와 이메일').inputValue()).toBe('3');
  });

  it('a push is shown by the worker, and leads to its screen', async () => {
    const { page, home } = await openHome(0);
    await page.context().grantPermissions(['notifications'], { origin: host.origin });
    await page.goto(`${host.origin}/inbox/settings`);
    const shown = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.register('/sw.js');
      await navigator.serviceWorker.ready;
      return registration.active?.scriptURL ?? registration.installing?.scriptURL;
    });
    expect(shown).toBe(`${host.origin}/sw.js`);
    const cdp = await page.context().newCDPSession(page);
    const registered = new Promise<string>((resolve) => {
      cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const found = registrations.find(({ scopeURL }) => scopeURL === `${host.origin}/`);
        if (found) resolve(found.registrationId);
      });
    });
    await cdp.send('ServiceWorker.enable');
    const message = { title: '평소보다', body: '많이 써요', path: new URL(`${home}/energy`).pathname, tag: 'n-1' };
    await cdp.send('ServiceWorker.deliverPushMessage', {
      origin: host.origin,
      registrationId: await registered,
      data: JSON.stringify(message),
    });
    const notices = async (): Promise<unknown[]> =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        return (await registration.getNotifications()).map(({ title, body, tag, data }) => ({
          title,
          body,
          tag,
          data,
        }));
      });
    await expect
      .poll(notices, { timeout: 10_000 })
      .toEqual([{ title: '평소보다', body: '많이 써요', tag: 'n-1', data: { path: message.path } }]);
  });
});

describe('consents', { timeout: 120_000 }, () => {
  it('are withdrawn after a second word, stay so, and are given again with the text in sight', async () => {
    const { page } = await openSettings(2, 'consents');
    expect(await stateOf(page, '사용 분석')).toBe('agreed');
    await page.getByRole('button', { name: '사용 분석: 동의 철회하기' }).click();
    await page.getByText(/철회하면 바로 멈춰요/).waitFor();
    await page.getByRole('button', { name: '확인' }).click();
    await page.getByRole('button', { name: '사용 분석: 동의하기' }).waitFor();
    await page.reload();
    await settled(page);
    expect(await stateOf(page, '사용 분석')).toBe('not agreed');
    expect(await region(page, '사용 분석').innerText()).toMatch(/\d+년 \d+월 \d+일에 동의를 철회했어요/);
    await page.getByRole('button', { name: '사용 분석: 동의하기' }).click();
    await page.getByLabel('‘사용 분석’에 동의해요').check();
    await page.getByRole('button', { name: '확인' }).click();
    await page.getByRole('button', { name: '사용 분석: 동의 철회하기' }).waitFor();
  });

  it('to the community are the membership of it, wherever they are given and withdrawn', async () => {
    const { page } = await openSettings(2, 'consents');
    await page.getByRole('button', { name: '커뮤니티 비교: 동의하기' }).click();
    await page.getByLabel('‘커뮤니티 비교’에 동의해요').check();
    await page.getByRole('button', { name: '확인' }).click();
    await page.getByRole('button', { name: '커뮤니티 비교: 동의 철회하기' }).waitFor();
    await page.locator('nav a[href$="/community"]').click();
    await page.getByText(/^내 가명: /).waitFor();
    await page.getByRole('button', { name: '커뮤니티 그만두기' }).click();
    await page.getByRole('button', { name: '확인' }).click();
    await page.getByRole('button', { name: '동의하고 참여하기' }).waitFor();
    await follow(page, '/settings', '/settings/consents');
    await expect.poll(() => stateOf(page, '커뮤니티 비교')).toBe('not agreed');
  });
});

it('what staff looked at stands in the access log with the reason', { timeout: 120_000 }, async () => {
  const { page, home } = await openSettings(3, 'access');
  await page.getByText('우리 집 정보를 본 사람이 아직 없어요.').waitFor();
  await lookUp(home, '요금 문의 77번');
  await page.reload();
  await settled(page);
  const [entry] = await region(page, '접근 기록').getByRole('listitem').allInnerTexts();
  expect(entry).toMatch(/기기와 가입 상태를 조회했어요/);
  expect(entry).toMatch(/요금 문의 77번/);
  expect(entry).toMatch(/운영 담당자 operator-1/);
});

it('an export is made, followed and downloaded as an archive', { timeout: 120_000 }, async () => {
  const { page } = await openSettings(2, 'exports');
  await page.getByRole('button', { name: '파일 만들기' }).click();
  const link = page.getByRole('link', { name: '내려받기' });
  await link.waitFor({ timeout: 60_000 });
  await seen(page, 'exports-ready');
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^hems-\d{4}-\d\d-\d\d\.zip$/);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  expect(bytes.includes('energy/green-button.xml')).toBe(true);
  expect(bytes.includes('index.html')).toBe(true);
});

describe('the erasure of a home', { timeout: 120_000 }, () => {
  it('has ended by now, and its receipt says what is gone; the home is nobody’s any more', async () => {
    const { page, address, home, errors } = begun!;
    const visitor = await openPage(browser);
    await visitor.page.goto(address);
    await visitor.page.getByText('삭제를 마쳤어요').waitFor({ timeout: 90_000 });
    const receipt = await region(visitor.page, '지운 결과').innerText();
    expect(receipt).toMatch(/지운 뒤 다시 찾은 기록\s+0건/);
    expect(receipt).toMatch(/집 정보\s+지웠어요 · \d+건/);
    expect(receipt).toMatch(/사용량과 요금\s+지웠어요/);
    await seen(visitor.page, 'receipt');

    await page.getByRole('link', { name: '처음으로' }).click();
    await page.waitForURL(`${host.origin}/join`);
    await page.goto(home);
    await page.getByRole('heading', { name: '이 집을 볼 수 있는 권한이 없어요' }).waitFor();
    expect(errors).toEqual([]);
  });
});
