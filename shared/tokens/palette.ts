/** Every colour of the apps by role. Contrast of each on page and card is computed in `contrast.test.ts`. */
export const ROLES = [
  'page',
  'card',
  'line',
  'shade',
  'ink',
  'muted',
  'onAccent',
  'consumption',
  'solar',
  'gridImport',
  'gridExport',
  'battery',
  'saving',
  'warning',
  'error',
] as const;
export type Role = (typeof ROLES)[number];
export type Palette = Readonly<Record<Role, string>>;

export const light: Palette = {
  page: '#ffffff',
  card: '#f3f6f9',
  /** borders and grid lines: decoration, never the only carrier of meaning */
  line: '#d5dde5',
  /** lies over the page under a sheet that has opened, and around it: decoration */
  shade: '#17212b66',
  ink: '#17212b',
  muted: '#52606d',
  /** text on a filled `consumption` button */
  onAccent: '#ffffff',
  consumption: '#0b62a3',
  /** on a card 4.35:1: graphics, or text from 18.7 px bold */
  solar: '#b35c00',
  gridImport: '#2f6fab',
  gridExport: '#6d3fc0',
  battery: '#0b7a6f',
  saving: '#1b7a3d',
  warning: '#9a5b00',
  error: '#c62828',
};

export const dark: Palette = {
  page: '#0d1117',
  card: '#171d26',
  line: '#2c3643',
  shade: '#000000a6',
  ink: '#e8eef4',
  muted: '#a3b0bd',
  onAccent: '#0d1117',
  consumption: '#5ab0f0',
  solar: '#ffb04a',
  gridImport: '#6cb4ee',
  gridExport: '#b79cf5',
  battery: '#4fd1c0',
  saving: '#5fd38a',
  warning: '#ffc35c',
  error: '#ff8a80',
};
