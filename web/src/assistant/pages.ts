import type { AssistantTexts } from '@hems/shared/i18n/ko/assistant';
import { lazyRouteComponent } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export type PageProps = { readonly householdId: string };

/** The screens of the assistant in the order of their tabs, each with its name in `i18n/{ko,en}/assistant.ts` under `tab`. */
export const PAGES = {
  advice: lazyRouteComponent(async () => import('../advice/advice-page.tsx'), 'AdvicePage'),
  forecast: lazyRouteComponent(async () => import('../forecast/forecast-page.tsx'), 'ForecastPage'),
  plan: lazyRouteComponent(async () => import('../plan/plan-page.tsx'), 'PlanPage'),
} satisfies Record<keyof AssistantTexts['tab'], (props: PageProps) => ReactNode>;
export type PageName = keyof typeof PAGES;

/** The one that an address without a name stands for. */
export const FIRST: PageName = 'advice';

export const PAGE_NAMES: readonly PageName[] = Object.keys(PAGES).filter((name): name is PageName => name in PAGES);
