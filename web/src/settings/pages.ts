import type { SettingsTexts } from '@hems/shared/i18n/ko/settings';
import { lazyRouteComponent } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export type PageProps = { readonly householdId: string };

/** The settings of a home, in the order of the list; each comes with its name in `i18n/{ko,en}/settings.ts` under `pages`. */
export const PAGES = {
  devices: lazyRouteComponent(async () => import('../devices/devices-page.tsx'), 'DevicesPage'),
  members: lazyRouteComponent(async () => import('../members/members-page.tsx'), 'MembersPage'),
  consents: lazyRouteComponent(async () => import('../consents/consents-page.tsx'), 'ConsentsPage'),
  access: lazyRouteComponent(async () => import('../access/access-page.tsx'), 'AccessPage'),
  exports: lazyRouteComponent(async () => import('../exports/exports-page.tsx'), 'ExportsPage'),
  erase: lazyRouteComponent(async () => import('../erasures/erase-household-page.tsx'), 'EraseHouseholdPage'),
} satisfies Record<keyof SettingsTexts['pages'], (props: PageProps) => ReactNode>;
export type PageName = keyof typeof PAGES;

export const PAGE_NAMES: readonly PageName[] = Object.keys(PAGES).filter((name): name is PageName => name in PAGES);
