import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openPage, signIn } from './browser.ts';
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

/** What is wrong with where the focus is: nothing is drawn around it, or it lies outside the window or under something else. */
const faultOfFocus = (page: Page): Promise<string | undefined> =>
  page.evaluate(async () => {
    // the page scrolls to what is focused
    await new Promise((resolve) => setTimeout(resolve, 60));
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || focused === document.body) return undefined;
    const what = focused.outerHTML.slice(0, 120);
    const shown = focused.closest('label') ?? focused;
    const isDrawn = (one: Element | null): boolean => {
      if (!one) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    };
    if (![focused, shown, shown.parentElement].some(isDrawn)) return `nothing shows the focus on ${what}`;
    const { left, right, top, bottom } = shown.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
    const above = document.elementFromPoint(x, y);
    if (!above) return `outside the window: ${what}`;
    const isUnder = !shown.contains(above) && !above.contains(shown);
    return isUnder ? `${what} lies under ${above.outerHTML.slice(0, 120)}` : undefined;
  });

/** Nothing is focused: as it is on a page that has just come, and for one stop where Tab goes round from its last link to its first. */
const isNowhere = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.activeElement === null || document.activeElement === document.body);
const hasJustCome = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { dataset } = document.documentElement;
    const before = dataset['reached'];
    dataset['reached'] = '';
    return before === undefined;
  });

const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluateAll((all) => all.some((one) => one === document.activeElement));

const MOST_STOPS = 120;
/** Tab by tab until it is focused; each stop on the way has to be seen. Shift for what lies behind. */
const reach = async (page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
  await target.first().waitFor();
  let mayBeNowhere = await hasJustCome(page);
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await isFocused(target)) return;
    expect(mayBeNowhere || !(await isNowhere(page)), `the focus is lost before ${target.toString()}`).toBe(true);
    await page.keyboard.press(key);
    mayBeNowhere = await isNowhere(page);
    expect(await faultOfFocus(page)).toBeUndefined();
  }
  throw new Error(`${target.toString()} was not reached in ${MOST_STOPS} stops`);
};
const go = async (page: Page, target: Locator): Promise<void> => {
  await reach(page, target);
  await page.keyboard.press('Enter');
};
const main = (page: Page) => page.getByRole('main');
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '주요 화면' }).getByRole('link', { name, exact: true });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

it(
  'a resident with a keyboard alone signs in, reads, compares, takes part, changes the screen and signs out, and always sees where the focus is',
  // who has taken part cannot do so once more
  { timeout: 150_000, retry: 0 },
  async () => {
    const { page, errors } = await openPage(browser);
    await page.goto(host.origin);
    await main(page).getByRole('button', { name: '로그인' }).first().waitFor();
    await page.keyboard.press('Tab');
    expect(await isFocused(page.getByRole('link', { name: '본문으로 건너뛰기' }))).toBe(true);
    expect(await faultOfFocus(page)).toBeUndefined();
    await page.keyboard.press('Enter');
    await go(page, main(page).getByRole('button', { name: '로그인' }).first());
    await page.waitForURL(/\/oidc\//);
    await reach(page, page.getByLabel('이메일'));
    await page.keyboard.type(host.users[0]!.email);
    await reach(page, page.getByLabel('비밀번호'));
    await page.keyboard.type(host.users[0]!.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/households\//);
    await page.locator('[data-part=line]').waitFor();

    await reach(page, page.getByRole('button', { name: '지금 값 읽기' }));
    await go(page, page.getByRole('region', { name: '최근 24시간' }).getByRole('button', { name: '표로 보기' }));
    await page.getByRole('region', { name: '최근 24시간' }).getByRole('table').waitFor();

    await page.keyboard.press('Home');
    await reach(page, tab(page, '에너지'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await heading(page, /에너지|사용량/).waitFor();
    // The next stop is what the screen is about, not what stood before it.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await go(page, main(page).getByRole('button', { name: '월', exact: true }));
    await page.waitForURL(/scope=month/);
    const slider = page.getByRole('slider', { name: '막대 고르기' });
    await reach(page, slider);
    const before = await slider.inputValue();
    await page.keyboard.press(before === '0' ? 'ArrowRight' : 'ArrowLeft');
    expect(await slider.inputValue()).not.toBe(before);
    await go(page, main(page).getByRole('button', { name: '표로 보기' }));
    await main(page).getByRole('table').first().waitFor();

    await reach(page, tab(page, '리워드'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await heading(page, '리워드').waitFor();
    await go(page, main(page).getByRole('link', { name: '프로그램', exact: true }).first());
    await page.waitForURL(/programmes$/);
    const programme = page.getByRole('region', { name: '우리 집 맞춤 절전 목표', exact: true });
    const enrol = programme.getByRole('button', { name: '참여하기' });
    await go(page, enrol);
    const confirm = programme.getByRole('button', { name: '확인' });
    expect(await isFocused(confirm)).toBe(true);
    await go(page, programme.getByRole('button', { name: '취소' }));
    expect(await isFocused(enrol)).toBe(true);
    await page.keyboard.press('Enter');
    await reach(page, confirm);
    await page.keyboard.press('Enter');
    await programme.getByRole('button', { name: '그만두기' }).waitFor();

    const opener = page.getByRole('button', { name: '화면 설정' });
    await reach(page, opener, 'Shift+Tab');
    await page.keyboard.press('Enter');
    const popover = page.getByRole('dialog', { name: '화면 설정' });
    await popover.waitFor();
    const dark = popover.getByText('어둡게', { exact: true });
    await reach(
      page,
      popover.getByRole('button', { name: '어둡게' }).or(popover.getByRole('radio', { name: '어둡게' })),
    );
    await page.keyboard.press('Space');
    await dark.waitFor();
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await page.keyboard.press('Escape');
    await popover.waitFor({ state: 'hidden' });
    expect(await isFocused(opener)).toBe(true);

    const home = page.url();
    const homes = page.getByRole('combobox', { name: '집 선택' });
    await reach(page, homes);
    await page.keyboard.press('ArrowDown');
    await page.waitForURL((url) => url.href !== home);

    await reach(page, page.getByRole('link', { name: '설정', exact: true }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await go(page, main(page).getByRole('link', { name: /^계정/ }));
    await page.waitForURL(/\/account$/);
    await go(page, main(page).getByRole('button', { name: '이 기기에서 로그아웃' }));
    await main(page).getByRole('button', { name: '로그인' }).first().waitFor();
    expect(errors).toEqual([]);
  },
);

/** Every screen of a home, and those of its resident. */
const PATHS = [
  '',
  '/energy',
  '/bill',
  '/assistant',
  '/assistant/forecast',
  '/assistant/plan',
  '/community',
  '/rewards',
  '/rewards/programmes',
  '/settings',
  '/settings/devices',
  '/settings/members',
  '/settings/consents',
] as const;

/** A window of 1280 × 900 px at 200 %; a phone of 320 px, which is that window at 400 %; both ends with the largest type. */
const SIGHTS = [
  { name: '200 %', viewport: { width: 640, height: 450 }, type: 'normal' },
  { name: '320 px', viewport: { width: 320, height: 640 }, type: 'normal' },
  { name: 'the largest type at 320 px', viewport: { width: 320, height: 640 }, type: 'largest' },
  { name: 'the largest type at 390 px', viewport: { width: 390, height: 844 }, type: 'largest' },
] as const;

/** Texts that reach beyond what cuts them off. What only ears are meant for is one pixel wide. */
const cutTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isCutBy = (box: DOMRect, rect: DOMRect, { overflowX, overflowY }: CSSStyleDeclaration): boolean => {
      const cuts = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
      return (
        (cuts(overflowX) && (rect.left < box.left - 1 || rect.right > box.right + 1)) ||
        (cuts(overflowY) && (rect.top < box.top - 2 || rect.bottom > box.bottom + 2))
      );
    };
    const isCut = (from: Element, rect: DOMRect): boolean => {
      for (let up: Element | null = from; up && up !== document.body; up = up.parentElement) {
        const [box, style] = [up.getBoundingClientRect(), getComputedStyle(up)];
        if (box.width <= 1 || box.height <= 1) return false;
        if (isCutBy(box, rect, style)) return true;
        if (/auto|scroll/.test(style.overflowX + style.overflowY)) return false;
      }
      return false;
    };
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      const parent = node.parentElement;
      if (!node.textContent?.trim() || !parent || parent.closest('svg, option, script, style')) continue;
      if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      if ([...range.getClientRects()].some((rect) => isCut(parent, rect))) found.push(node.textContent.trim());
    }
    return found;
  });

it.each(['ko', 'en'])(
  'every screen in %s can be read at 200 percent, at 320 px and in the largest type: nothing is cut off, nothing scrolls sideways',
  { timeout: 120_000 },
  async (locale) => {
    const { page, errors } = await openPage(browser, { viewport: SIGHTS[0].viewport });
    await page.addInitScript((chosen) => localStorage.setItem('hems.locale', chosen), locale);
    await page.goto(host.origin);
    await signIn(page, host);
    await page.locator('[data-part=line]').waitFor();
    const home = new URL(page.url()).pathname;
    const faults: string[] = [];
    for (const path of PATHS) {
      await page.evaluate((to) => {
        history.pushState({}, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
      }, home + path);
      await page.waitForFunction(
        (to) => location.pathname === to && document.querySelector('main h1, main section') !== null,
        home + path,
      );
      await page.waitForLoadState('networkidle');
      await page.waitForFunction(() => document.querySelector('main [data-state=loading]') === null);
      for (const { name, viewport, type } of SIGHTS) {
        await page.setViewportSize(viewport);
        await page.evaluate((chosen) => document.documentElement.setAttribute('data-type', chosen), type);
        const tooWide = () =>
          page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        await expect.poll(tooWide, { message: `${path} at ${name} is too wide`, timeout: 2000 }).toBeLessThanOrEqual(0);
        for (const text of await cutTexts(page)) faults.push(`${path || '/'} at ${name}: ${text}`);
      }
    }
    expect(faults).toEqual([]);
    expect(errors).toEqual([]);
  },
);
