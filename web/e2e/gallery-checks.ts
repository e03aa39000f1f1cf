import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** What is wrong with what a page shows, each as a line that names the place. */

const AXE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const TARGET_PX = 48;

/** Once for a page that fetches itself no more. */
export const bringChecks = async (page: Page): Promise<void> => {
  await page.evaluate(await readFile(AXE, 'utf8'));
};

export const axeObjections = async (page: Page): Promise<string[]> => {
  const { violations, passes } = await page.evaluate(
    (tags) =>
      (globalThis as unknown as { axe: { run: (o: object) => Promise<AxeResults> } }).axe.run({
        runOnly: tags,
        resultTypes: ['violations'],
      }),
    TAGS,
  );
  if (passes.length < 5) return [`axe found only ${passes.length} rules to check`];
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `axe ${id}: ${target.join(' ')}`));
};

/** Sideways scrolling, and whatever can be pressed and is smaller than a fingertip. */
export const sizeObjections = async (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide = scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} px too wide`] : [];
    const pressable = document.querySelectorAll(
      'button, a[href], select, summary, input:not([type=checkbox], [type=radio]), label:has(input)',
    );
    const small = [...pressable]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        // What is clipped to a point is for ears; a link to the content appears with the focus.
        return width > 1 && height > 1 && (width < least || height < least);
      })
      .map((element) => {
        const { width, height } = element.getBoundingClientRect();
        return `only ${Math.round(width)} × ${Math.round(height)} px: ${element.outerHTML.slice(0, 80)}`;
      });
    return [...wide, ...small];
  }, TARGET_PX);

/**
 * Every text on the page against what lies behind it, by the formula of WCAG 2: translucent colours are laid over each other, and of a
 * gradient its least favourable colour counts. So nothing is left for which axe-core says "incomplete".
 */
export const contrastObjections = async (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    type Colour = readonly [r: number, g: number, b: number, a: number];
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const known = new Map<string, Colour>();
    const colourOf = (text: string): Colour => {
      const before = known.get(text);
      if (before) return before;
      if (!canvas) throw new Error('no canvas');
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
      const colour: Colour = [r, g, b, a / 255];
      known.set(text, colour);
      return colour;
    };
    const over = ([r, g, b, a]: Colour, [r2, g2, b2]: Colour): Colour => [
      r * a + r2 * (1 - a),
      g * a + g2 * (1 - a),
      b * a + b2 * (1 - a),
      1,
    ];
    const luminance = ([r, g, b]: Colour): number => {
      const [x, y, z] = [r, g, b].map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * (x ?? 0) + 0.7152 * (y ?? 0) + 0.0722 * (z ?? 0);
    };
    const ratio = (one: Colour, other: Colour): number => {
      const [dark = 0, bright = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
      return (bright + 0.05) / (dark + 0.05);
    };
    const COLOUR = /(?:rgba?|color|oklch|oklab|color-mix)\([^()]*(?:\([^()]*\)[^()]*)*\)|#[\da-f]{3,8}/gi;
    const grounds = new Map<Element, Colour[]>();
    /** What may lie behind an element: one colour, or those of its gradients. */
    const behind = (element: Element | null): Colour[] => {
      if (element === null) return [[255, 255, 255, 1]];
      const found = grounds.get(element) ?? groundOf(element);
      grounds.set(element, found);
      return found;
    };
    const groundOf = (element: Element): Colour[] => {
      const { backgroundColor, backgroundImage } = getComputedStyle(element);
      const below = (): Colour[] => behind(element.parentElement);
      const own = colourOf(backgroundColor);
      const ground = own[3] >= 1 ? [own] : own[3] === 0 ? below() : below().map((colour) => over(own, colour));
      const stops = backgroundImage.includes('gradient') ? (backgroundImage.match(COLOUR) ?? []) : [];
      return stops.length === 0
        ? ground
        : stops.flatMap((stop) => ground.map((colour) => over(colourOf(stop), colour)));
    };
    const fadeOf = (element: Element | null): number =>
      element === null ? 1 : Number(getComputedStyle(element).opacity) * fadeOf(element.parentElement);

    const inkOf = (element: Element): Colour => {
      const { fill, color } = getComputedStyle(element);
      const [r, g, b, a] = colourOf(element instanceof SVGElement ? fill : color);
      return [r, g, b, a * fadeOf(element)];
    };
    const leastOf = (element: Element): number =>
      Math.min(...behind(element).map((ground) => ratio(over(inkOf(element), ground), ground)));
    const wantedOf = (element: Element): number => {
      const { fontSize, fontWeight } = getComputedStyle(element);
      const size = Number.parseFloat(fontSize);
      return size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5;
    };
    const isRead = (element: Element): boolean => {
      const { width, height } = element.getBoundingClientRect();
      const isSeen = width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
      return isSeen && !element.closest('noscript, script, style, [disabled], [aria-disabled=true]');
    };

    const objections: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (element === null || text === '' || !isRead(element)) continue;
      const least = leastOf(element);
      if (least < wantedOf(element))
        objections.push(`contrast ${least.toFixed(2)} of "${text.slice(0, 30)}" in ${element.outerHTML.slice(0, 60)}`);
    }
    return objections;
  });
