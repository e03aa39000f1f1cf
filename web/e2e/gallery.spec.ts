import type { Browser, Page } from 'playwright-core';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webFiles } from '../../functions/local/commands/deploy-web-files.ts';
import { appAndGallery } from '../../functions/local/http/gallery.ts';
import { listenFrontDoor, type FrontDoor } from '../../functions/local/http/front-door.ts';
import { SCREEN_NAMES, shownAs, type Screen } from '../src/gallery/screens.ts';
import { STATES, type State } from '../src/gallery/states.ts';
import { launchBrowser, openPage } from './browser.ts';
import { axeObjections, bringChecks, contrastObjections, sizeObjections } from './gallery-checks.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const PHONE = 360;
const DESKTOP = 1280;

let door: FrontDoor;
let browser: Browser;
beforeAll(async () => {
  door = await listenFrontDoor(0);
  const nothing = async (): Promise<void> => Promise.reject(new Error('the gallery asks nobody'));
  door.open({
    api: nothing,
    partner: nothing,
    openadr: nothing,
    identity: nothing,
    objects: nothing,
    docs: nothing,
    ops: nothing,
    answered: () => undefined,
    app: appAndGallery(DIST),
    config: {},
  });
  browser = await launchBrowser();
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await door?.close();
});

type Shown = { readonly screen: Screen; readonly state: State };
const SHOWN: readonly Shown[] = SCREEN_NAMES.flatMap((screen) =>
  STATES.filter((state) => state === 'ready' || !shownAs(screen).still).map((state) => ({ screen, state })),
);

/** Another address of the gallery, without fetching the app again; until its cards are in the state and nothing moves any more. */
const show = async (page: Page, address: string, state: State): Promise<void> => {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, address);
  await page.waitForFunction(
    ([to, wanted]) => {
      const { dataset } = document.documentElement;
      const main = document.querySelector('main');
      const waits = wanted !== 'loading' && main?.querySelector('[data-state=loading], [aria-busy=true]');
      const count = String(document.querySelectorAll('body *').length);
      const still = dataset['count'] === count;
      dataset['count'] = count;
      return dataset['shown']?.endsWith(to ?? '') && main?.querySelector('h1') && !waits && still;
    },
    [address, state] as const,
    { polling: 30, timeout: 10_000 },
  );
  await page.evaluate(() => {
    document.querySelectorAll('details').forEach((details) => details.setAttribute('open', ''));
    scrollTo(0, 0);
  });
};

const statesOf = async (page: Page): Promise<string[]> =>
  page
    .locator('main section[data-state]')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-state') ?? ''));

/** A card whose content is not loaded is ready in every state; all others are in the state that was asked for. */
const stateObjections = async (page: Page, { screen, state }: Shown): Promise<string[]> => {
  // Where some of it is lost, what needed the lost part is empty.
  const allowed: readonly (string | undefined)[] = [
    'ready',
    state,
    shownAs(screen).shows,
    ...(state === 'partial' ? ['empty'] : []),
  ];
  return (await statesOf(page)).filter((one) => !allowed.includes(one)).map((one) => `a card is ${one}`);
};

const objections = async (page: Page, shown: Shown, address: string): Promise<string[]> => {
  await show(page, address, shown.state);
  return [
    ...(await stateObjections(page, shown)),
    ...(await sizeObjections(page)),
    ...(await contrastObjections(page)),
    ...(await axeObjections(page)),
  ];
};

const open = async (width: number): Promise<Awaited<ReturnType<typeof openPage>>> => {
  const opened = await openPage(browser, { viewport: { width, height: 780 }, reducedMotion: 'reduce' });
  await opened.page.goto(`${door.origin}/gallery/landing`);
  await bringChecks(opened.page);
  return opened;
};

const PHONES = ['ko', 'en'].flatMap((lang) => ['light', 'dark'].map((theme) => ({ lang, theme, width: PHONE })));
/** Columns and side panels are of the desktop alone; what is in them has been looked at on the phone. */
const LOOKS = [...PHONES, { lang: 'ko', theme: 'dark', width: DESKTOP }];

// Whatever it finds it finds again: nothing here depends on how busy the machine is.
describe('the gallery', { timeout: 360_000, retry: 0 }, () => {
  it.concurrent.each(LOOKS)(
    '$lang $theme at $width px: every screen in every state fits, can be read and pressed, and passes axe',
    async ({ lang, theme, width }) => {
      const beganMs = performance.now();
      const { page, errors } = await open(width);
      const found: string[] = [];
      for (const shown of width === PHONE ? SHOWN : SHOWN.filter(({ state }) => state === 'ready')) {
        const address = `/gallery/${shown.screen}?state=${shown.state}&lang=${lang}&theme=${theme}`;
        const lines = await objections(page, shown, address).catch((error: unknown) => [String(error)]);
        found.push(...[...lines, ...errors.splice(0)].map((line) => `${shown.screen} ${shown.state}: ${line}`));
      }
      await page.close();
      console.log(
        `${lang} ${theme} ${width}: ${SHOWN.length} in ${((performance.now() - beganMs) / 1000).toFixed(0)} s`,
      );
      expect(found).toEqual([]);
    },
  );

  it('is in no file that is deployed', async () => {
    const files = await webFiles(DIST, {}, '');
    expect(files.size).toBeGreaterThan(20);
    const found = [...files].filter(([, bytes]) => /the gallery|한강 아파트/.test(Buffer.from(bytes).toString()));
    expect(found.map(([path]) => path)).toEqual([]);
  });

  it('is looked at by checks that see pale text, small targets, what is too wide and what has no name', async () => {
    const { page } = await open(PHONE);
    await page.evaluate(() => {
      const place = document.createElement('div');
      place.innerHTML = '<p>pale</p><p>on a gradient</p><button>x</button><button aria-label=""></button><hr>';
      const [pale, gradient, small, , wide] = [...place.children] as HTMLElement[];
      // Each beside what would still be enough: 4.5 for text, 48 px for a finger.
      Object.assign(pale?.style ?? {}, { color: 'rgba(0, 0, 0, 0.52)', background: '#fff' });
      Object.assign(gradient?.style ?? {}, { color: '#595959', background: 'linear-gradient(#fff, #aaa)' });
      Object.assign(small?.style ?? {}, { minWidth: '0', width: '47px', height: '48px', padding: '0' });
      Object.assign(wide?.style ?? {}, { width: '361px', margin: '0' });
      document.querySelector('main')?.append(place);
    });
    const contrast = await contrastObjections(page);
    expect(contrast.filter((line) => /"(pale|on a gradient)"/.test(line))).toHaveLength(2);
    const size = await sizeObjections(page);
    expect(size.some((line) => line.includes('px too wide'))).toBe(true);
    expect(size.some((line) => line.startsWith('only 47 × 48 px'))).toBe(true);
    expect(await axeObjections(page)).toContainEqual(expect.stringMatching(/^axe button-name/));
    await page.close();
  });
});
