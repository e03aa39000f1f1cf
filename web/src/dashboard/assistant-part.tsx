import { adviceTexts } from '@hems/shared/i18n/advice';
import { assistantTexts } from '@hems/shared/i18n/assistant';
import { suggestionsTexts } from '@hems/shared/i18n/suggestions';
import { useAdvice } from '@hems/shared/queries/advice';
import { useForecast } from '@hems/shared/queries/forecast';
import { assistantCard } from '@hems/shared/view/assistant-card';
import { behind } from '@hems/shared/view/card';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import cards from './cards.module.css';
import styles from './assistant-part.module.css';
import type { LaterProps } from './later.tsx';

/** The one action that is worth most, the next hour, and the way to the rest of it. */
export const AssistantPart = ({ householdId, session, deviceMs, onRetry }: LaterProps): ReactNode => {
  const t = useMessages();
  const s = useTexts(assistantTexts);
  const words = { t, s, suggestions: { t, s: useTexts(suggestionsTexts), rules: useTexts(adviceTexts) } };
  const asked = {
    advice: behind(session, useAdvice(householdId)),
    forecast: behind(session, useForecast(householdId)),
    nowMs: deviceMs,
  };
  return (
    <Card title={t.later.assistant} card={assistantCard(asked, words)} className={cards['assistant']} onRetry={onRetry}>
      {({ title, saves, next }) => (
        <>
          <p className={styles['title']}>{title}</p>
          {saves !== undefined && <p className={styles['saves']}>{saves}</p>}
          {next !== undefined && <p className={styles['next']}>{next}</p>}
          <Link
            to="/households/$householdId/assistant/{-$page}"
            params={{ householdId, page: undefined }}
            className={`${buttons['button']} ${styles['more']}`}
          >
            {s.home.all}
          </Link>
        </>
      )}
    </Card>
  );
};
