import { mayDo } from '@hems/models/household/permissions';
import { adviceTexts } from '@hems/shared/i18n/advice';
import { assistantTexts } from '@hems/shared/i18n/assistant';
import { suggestionsTexts } from '@hems/shared/i18n/suggestions';
import { useAdvice } from '@hems/shared/queries/advice';
import { useForecast } from '@hems/shared/queries/forecast';
import { useSession } from '@hems/shared/queries/session';
import { behind } from '@hems/shared/view/card';
import { lacksConsent, nextHourCard } from '@hems/shared/view/next-hour';
import { resultsCard, suggestionsCard } from '@hems/shared/view/suggestions';
import type { ReactNode } from 'react';
import grid from '../assistant/assistant.module.css';
import { AssistantPage } from '../assistant/assistant-page.tsx';
import { ConsentNeeded } from '../assistant/consent-needed.tsx';
import { NextHourCard } from '../assistant/next-hour-card.tsx';
import type { PageProps } from '../assistant/pages.ts';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { useMinute } from '../ui/use-minute.ts';
import { NotesCard } from './notes-card.tsx';
import { ResultsCard } from './results-card.tsx';
import { SafeguardCard } from './safeguard-card.tsx';
import { SuggestionsCard } from './suggestions-card.tsx';

/** The next hour, what the home could do, what the weather means for it, and what became of what it did. */
export const AdvicePage = ({ householdId }: PageProps): ReactNode => {
  const t = useMessages();
  const words = { t, s: useTexts(suggestionsTexts), rules: useTexts(adviceTexts) };
  const assistant = { t, s: useTexts(assistantTexts) };
  const nowMs = useMinute();
  const advice = useAdvice(householdId);
  const forecast = useForecast(householdId);
  const role = useSession().data?.households.find((one) => one.householdId === householdId)?.role;
  const mayAnswer = role !== undefined && mayDo(role, 'answer-advice');
  return (
    <AssistantPage householdId={householdId} main={advice}>
      {({ session, retry }) => {
        if (lacksConsent(advice.error) || advice.data?.withheld === 'no-consent')
          return <ConsentNeeded householdId={householdId} />;
        const shown = behind(session, advice);
        const suggestions = suggestionsCard(shown, words);
        const results = resultsCard(shown, words);
        return (
          <div className={grid['grid']}>
            <div className={grid['column']}>
              {role !== undefined && !mayAnswer && <p className={grid['sub']}>{assistant.s.viewer}</p>}
              <SuggestionsCard
                card={suggestions}
                householdId={householdId}
                words={words}
                mayAnswer={mayAnswer}
                onRetry={retry}
              />
              {/* Where there is nothing to try, there is nothing to say of what was tried. */}
              {!(suggestions.state === 'empty' && results.state === 'empty') && (
                <ResultsCard card={results} words={words} onRetry={retry} />
              )}
            </div>
            <div className={grid['column']}>
              <NotesCard loaded={shown} words={words} onRetry={retry} />
              <NextHourCard
                card={nextHourCard(behind(session, forecast), { words: assistant, nowMs })}
                words={assistant}
                linkTo={householdId}
                onRetry={retry}
              />
              {shown.data && (
                <SafeguardCard advice={shown.data} householdId={householdId} words={words} mayAnswer={mayAnswer} />
              )}
            </div>
          </div>
        );
      }}
    </AssistantPage>
  );
};
