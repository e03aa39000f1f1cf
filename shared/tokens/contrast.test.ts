import { describe, expect, it } from 'vitest';
import { dark, light, ROLES, type Palette, type Role } from './palette.ts';

/** Relative luminance and contrast ratio of WCAG 2.2. */
const luminance = (hex: string): number => {
  const channel = (at: number): number => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
};
const contrast = (a: string, b: string): number => {
  const [lighter, darker] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
};

const TEXT = ROLES.filter((role) => !['page', 'card', 'line', 'shade', 'onAccent'].includes(role));
const themes: [string, Palette][] = [
  ['light', light],
  ['dark', dark],
];

describe.each(themes)('the %s palette', (theme, palette) => {
  it.each(TEXT)('%s is legible as text on the page', (role) => {
    expect(contrast(palette[role], palette.page)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(TEXT.filter((role) => role !== 'solar' || theme === 'dark'))('%s is legible as text on a card', (role) => {
    expect(contrast(palette[role], palette.card)).toBeGreaterThanOrEqual(4.5);
  });

  it('keeps the text of a filled button legible', () => {
    expect(contrast(palette.onAccent, palette.consumption)).toBeGreaterThanOrEqual(4.5);
  });

  it('keeps solar at graphics contrast on a card', () => {
    expect(contrast(palette.solar, palette.card)).toBeGreaterThanOrEqual(3);
  });
});

it('has the ratios the design page computed', () => {
  const ratios = (palette: Palette, role: Role): number[] =>
    [palette.page, palette.card].map((ground) => Math.round(contrast(palette[role], ground) * 10) / 10);
  expect(ratios(light, 'consumption')).toEqual([6.4, 5.9]);
  expect(ratios(light, 'ink')).toEqual([16.3, 15]);
  expect(ratios(dark, 'solar')).toEqual([10.4, 9.3]);
  expect(ratios(dark, 'muted')).toEqual([8.6, 7.7]);
  expect(contrast(light.solar, light.card)).toBeCloseTo(4.35, 1);
});
