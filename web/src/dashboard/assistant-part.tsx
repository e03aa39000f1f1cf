import { mayDo } from '@hems/models/household/permissions';
import { adviceTexts } from '@hems/shared/i18n/advice';
import { assistantTexts } from '@hems/shared/i18n/assistant';
import { suggestionsTexts } from '@hems/shared/i18n/suggestions';
import { useAdvice, useAnswerAdvice } from '@hems/shared/queries/advice';
import { assistantCard } from '@hems/shared/view/assistant-card';
import { behind } from '@hems/shared/view/card';
import type { SuggestionView, SuggestionWords } from '@hems/shared/view/suggestions';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { WayLink } from '../advice/way-link.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Failure } from '../ui/confirm.tsx';
import styles from './assistant-part.module.css';
import cards from './cards.module.css';
import type { LaterProps } from './later.tsx';

type SuggestionProps = {
  readonly householdId: string;
  readonly suggestion: SuggestionView;
  readonly words: SuggestionWords;
  readonly mayAnswer: boolean;
  readonly onAccept: () => void;
};

const Suggestion = ({ householdId, suggestion, words: { s }, mayAnswer, onAccept }: SuggestionProps): ReactNode => {
  const { adviceId, title, saves, why, way } = suggestion;
  const { run, state, error } = useAnswerAdvice(householdId, adviceId);
  const accept = (): void => {
    if (state === 'busy') return;
    onAccept();
    run({ answer: 'accept' });
  };
  return (
    <>
      <h3 className={styles['title']}>{title}</h3>
      <p className={styles['saves']}>{saves}</p>
      <p className={styles['text']}>{why}</p>
      {way !== undefined && <WayLink way={way} householdId={householdId} s={s} />}
      {state === 'failed' && <Failure title={s.failed} error={error} />}
      {state === 'done' ? (
        <output className={styles['text']}>{s.thanks.accepted}</output>
      ) : (
        mayAnswer && (
          <button
            type="button"
            className={`${buttons['main']} ${styles['step']}`}
            aria-disabled={state === 'busy'}
            onClick={accept}
          >
            {state === 'busy' ? s.busy : s.accept}
          </button>
        )
      )}
    </>
  );
};

/** The one action that is worth most: what it saves, why, and the step to take; the rest of them behind the link. */
export const AssistantPart = ({ householdId, session, onRetry }: LaterProps): ReactNode => {
  const t = useMessages();
  const s = useTexts(assistantTexts);
  const suggestions = { t, s: useTexts(suggestionsTexts), rules: useTexts(adviceTexts) };
  const card = assistantCard(behind(session, useAdvice(householdId)), { s, suggestions });
  // What was accepted is suggested no more: it stays until the page is left, with what follows from it.
  const [accepted, setAccepted] = useState<SuggestionView>();
  const role = session.data?.households.find((one) => one.householdId === householdId)?.role;
  const all = (
    <Link
      to="/households/$householdId/assistant/{-$page}"
      params={{ householdId, page: undefined }}
      className={buttons['quiet']}
    >
      {s.home.all}
    </Link>
  );
  return (
    <Card
      title={t.later.assistant}
      card={
        accepted && card.state === 'empty'
          ? { state: 'ready', content: { kind: 'suggestion', suggestion: accepted } }
          : card
      }
      className={cards['assistant']}
      onRetry={onRetry}
      aside={all}
    >
      {(found) =>
        found.kind === 'consent' ? (
          <>
            <h3 className={styles['title']}>{found.title}</h3>
            <p className={styles['text']}>{found.text}</p>
            <Link
              to="/households/$householdId/settings/{-$page}"
              params={{ householdId, page: 'consents' }}
              className={`${buttons['main']} ${styles['step']}`}
            >
              {s.noConsent.open}
            </Link>
          </>
        ) : (
          <Suggestion
            key={(accepted ?? found.suggestion).adviceId}
            householdId={householdId}
            suggestion={accepted ?? found.suggestion}
            words={suggestions}
            mayAnswer={role !== undefined && mayDo(role, 'answer-advice')}
            onAccept={() => setAccepted(found.suggestion)}
          />
        )
      }
    </Card>
  );
};
