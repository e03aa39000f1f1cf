import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const AXE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const TARGET_PX = 48;
const SCHEMES = ['light', 'dark'] as const;
const EVERY_WIDTH = [320, 360, 390, 768, 1280];

/** What axe-core objects to, as `rule: place`. */
const objections = async (page: Page): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await readFile(AXE, 'utf8'));
  const { violations, passes } = await page.evaluate(
    (tags) =>
      (globalThis as unknown as { axe: { run: (o: object) => Promise<AxeResults> } }).axe.run({ runOnly: tags }),
    TAGS,
  );
  // A page of one message has few elements for the rules to hold on: that some held says that axe looked.
  expect(passes.length).toBeGreaterThan(5);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
};

/** Whatever can be pressed and is smaller than a fingertip. */
export const smallTargets = async (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const pressable = [
      ...document.querySelectorAll('button, a[href], select, summary, input:not([type=checkbox]), label:has(input)'),
    ];
    return pressable
      .filter((element) => {
        // what opens first has no size before it
        if (!element.checkVisibility()) return false;
        const { width, height } = element.getBoundingClientRect();
        return width < least || height < least;
      })
      .map((element) => element.outerHTML.slice(0, 80));
  }, TARGET_PX);

const overflow = async (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

type Look = {
  readonly page: Page;
  readonly name: string;
  readonly widths?: readonly number[];
};

/** One screen at every width and in both appearances: no sideways scrolling, nothing axe objects to. `npm run screens` takes the pictures. */
export const look = async ({ page, name, widths = EVERY_WIDTH }: Look): Promise<void> => {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 500 ? 780 : 900 });
    // The chart measures itself after the window has changed, and is drawn again a frame or two later.
    await expect.poll(() => overflow(page), { message: `${name} at ${width} px is too wide` }).toBe(0);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  // A button that has been scrolled half under the bar is no smaller for it.
  await page.evaluate(() => globalThis.scrollTo(0, 0));
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    expect(await objections(page), `${name}, ${colorScheme}`).toEqual([]);
  }
};
