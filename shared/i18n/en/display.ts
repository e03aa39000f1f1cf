import type { DisplayTexts } from '../ko/display.ts';

export const en: DisplayTexts = {
  title: 'Display settings',
  language: 'Language',
  theme: 'Appearance',
  themes: { system: 'Auto', light: 'Light', dark: 'Dark' },
  type: 'Text size',
  types: { normal: 'Normal', large: 'Large', largest: 'Largest' },
  kept: 'Kept in this browser only.',
};
