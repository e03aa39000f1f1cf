import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PAGE_NAMES, PAGES } from '../settings/pages.ts';
import { SettingsList } from '../settings/settings-list.tsx';
import { NotFound } from './not-found.tsx';

/** The settings of a home: the list, or one of its pages. */
export const Settings = (): ReactNode => {
  const { householdId, page } = useParams({ from: '/households/$householdId/settings/{-$page}' });
  if (page === undefined) return <SettingsList householdId={householdId} />;
  const name = PAGE_NAMES.find((one) => one === page);
  if (name === undefined) return <NotFound />;
  const Page = PAGES[name];
  return <Page householdId={householdId} />;
};
