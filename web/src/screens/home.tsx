import { useSession } from '@hems/shared/queries/session';
import { cardOf, isFilled, ready } from '@hems/shared/view/card';
import { useQueryClient } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Panel } from '../ui/panel.tsx';
import { Waiting } from './waiting.tsx';

const JOIN = { page: 'join' };

/** Leads to the first household of the resident, or to beginning one. */
export const Home = (): ReactNode => {
  const t = useMessages();
  const client = useQueryClient();
  const card = cardOf(useSession(), t, ({ households }) => ready(households));
  if (card.state === 'loading') return <Waiting text={t.household.loading} />;
  if (!isFilled(card)) {
    return (
      <Panel title={card.title} text={card.text}>
        <button
          type="button"
          className={buttons['main']}
          onClick={() => void client.refetchQueries({ type: 'active' })}
        >
          {t.retry}
        </button>
      </Panel>
    );
  }
  const first = card.content.find(({ isProven }) => isProven) ?? card.content[0];
  if (first === undefined) return <Navigate to="/$page" params={JOIN} replace />;
  return <Navigate to="/households/$householdId" params={{ householdId: first.householdId }} replace />;
};
