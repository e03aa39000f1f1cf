import { assistantTexts } from '@hems/shared/i18n/assistant';
import type { Loaded } from '@hems/shared/view/card';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { HouseholdScreen, type Gate } from '../household/household-screen.tsx';
import { useTexts } from '../preferences/preferences.tsx';
import tabs from '../ui/tabs.module.css';
import { FIRST, PAGE_NAMES } from './pages.ts';

type Props = {
  readonly householdId: string;
  /** the query that the page is about */
  readonly main: Loaded<unknown>;
  readonly children: (gate: Gate) => ReactNode;
};

const ROUTE = '/households/$householdId/assistant/{-$page}';

/** One page of the assistant under its tabs. */
export const AssistantPage = ({ householdId, main, children }: Props): ReactNode => {
  const s = useTexts(assistantTexts);
  return (
    <HouseholdScreen householdId={householdId} title={s.title} screen={ROUTE} main={main}>
      {(gate) => (
        <>
          <nav className={tabs['tabs']} aria-label={s.tabs}>
            {PAGE_NAMES.map((page) => (
              <Link
                key={page}
                to={ROUTE}
                // left out, the page that one is on would be kept
                params={{ householdId, page: page === FIRST ? undefined : page }}
                activeOptions={{ exact: true }}
              >
                {s.tab[page]}
              </Link>
            ))}
          </nav>
          {children(gate)}
        </>
      )}
    </HouseholdScreen>
  );
};
