import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { FIRST, PAGE_NAMES, PAGES } from '../assistant/pages.ts';
import { NotFound } from './not-found.tsx';

/** What is foreseen, suggested and planned for a home. */
export const Assistant = (): ReactNode => {
  const { householdId, page = FIRST } = useParams({ from: '/households/$householdId/assistant/{-$page}' });
  const name = PAGE_NAMES.find((one) => one === page);
  if (name === undefined) return <NotFound />;
  const Page = PAGES[name];
  return <Page householdId={householdId} />;
};
