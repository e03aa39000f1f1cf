import { readChoice, writeChoice } from './stored.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
/** The size of all text: what the browser says, a quarter more, half as much again (`shell.css`). */
export const TYPES = ['normal', 'large', 'largest'] as const;

export type Appearance = { readonly theme: (typeof THEMES)[number]; readonly type: (typeof TYPES)[number] };

/** The system's colours and the browser's size of text, unless this browser has chosen otherwise. */
export const storedAppearance = (): Appearance => ({
  theme: readChoice('hems.theme', THEMES) ?? 'system',
  type: readChoice('hems.type', TYPES) ?? 'normal',
});

export const storeAppearance = ({ theme, type }: Appearance): void => {
  writeChoice('hems.theme', theme);
  writeChoice('hems.type', type);
};

/** Before anything is drawn with it, so that nothing changes size or colour afterwards. */
export const applyAppearance = ({ theme, type }: Appearance): void => {
  Object.assign(document.documentElement.dataset, { theme, type });
};
