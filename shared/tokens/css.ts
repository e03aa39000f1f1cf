import { dark, light, ROLES, type Palette, type Role } from './palette.ts';

const variableOf = (role: Role): string => `--${role.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const declarations = (palette: Palette, scheme: 'light' | 'dark'): string =>
  [`color-scheme: ${scheme};`, ...ROLES.map((role) => `${variableOf(role)}: ${palette[role]};`)].join(' ');

/** The palette as CSS variables (`--grid-import`): the system's choice, unless `data-theme` on the root says otherwise. */
export const cssVariables = (): string =>
  [
    `:root { ${declarations(light, 'light')} }`,
    `@media (prefers-color-scheme: dark) { :root:not([data-theme='light']) { ${declarations(dark, 'dark')} } }`,
    `:root[data-theme='dark'] { ${declarations(dark, 'dark')} }`,
    '',
  ].join('\n');
