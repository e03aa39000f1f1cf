import { addDays, localDate } from '@hems/models/calendar/seoul';
import { assistantTexts } from '@hems/shared/i18n/assistant';
import { forecastTexts } from '@hems/shared/i18n/forecast';
import { useForecast, useForecastAccuracy } from '@hems/shared/queries/forecast';
import { useUsage } from '@hems/shared/queries/usage';
import { behind } from '@hems/shared/view/card';
import { daysCard } from '@hems/shared/view/forecast-days';
import { hoursCard } from '@hems/shared/view/forecast-hours';
import { accuracyCard, scoreCardOf } from '@hems/shared/view/forecast-score';
import { lacksConsent, nextHourCard } from '@hems/shared/view/next-hour';
import type { ReactNode } from 'react';
import grid from '../assistant/assistant.module.css';
import { AssistantPage } from '../assistant/assistant-page.tsx';
import { ConsentNeeded } from '../assistant/consent-needed.tsx';
import { NextHourCard } from '../assistant/next-hour-card.tsx';
import type { PageProps } from '../assistant/pages.ts';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { useMinute } from '../ui/use-minute.ts';
import { AccuracyCard } from './accuracy-card.tsx';
import { DaysCard } from './days-card.tsx';
import { HoursCard } from './hours-card.tsx';
import { ScoreCard } from './score-card.tsx';

/** Days whose forecast is held against what was used. */
const PAST_DAYS = 28;

/** What the home is expected to use: the next hour, until tomorrow, the days and the month, and how good that has been. */
export const ForecastPage = ({ householdId }: PageProps): ReactNode => {
  const words = { t: useMessages(), s: useTexts(assistantTexts), f: useTexts(forecastTexts) };
  const nowMs = useMinute();
  const today = localDate(nowMs);
  const forecast = useForecast(householdId);
  const usage = useUsage(householdId, { grain: 'hour', from: today, to: today });
  const accuracy = useForecastAccuracy(householdId, { from: addDays(today, -PAST_DAYS), to: addDays(today, -1) });
  return (
    <AssistantPage householdId={householdId} main={forecast}>
      {({ session, retry }) => {
        if (lacksConsent(forecast.error)) return <ConsentNeeded householdId={householdId} />;
        const shown = behind(session, forecast);
        const next = <NextHourCard card={nextHourCard(shown, { words, nowMs })} words={words} onRetry={retry} />;
        // It says why there is nothing; once is enough.
        if (forecast.data && forecast.data.status !== 'ready') return <div className={grid['grid']}>{next}</div>;
        return (
          <div className={grid['grid']}>
            {next}
            <ScoreCard card={scoreCardOf(shown, words)} words={words} onRetry={retry} />
            <HoursCard
              card={hoursCard({ loaded: shown, today: usage.data, nowMs }, words)}
              words={words}
              onRetry={retry}
            />
            <DaysCard card={daysCard(shown, words, nowMs)} words={words} onRetry={retry} />
            <AccuracyCard card={accuracyCard(behind(session, accuracy), words)} words={words} onRetry={retry} />
          </div>
        );
      }}
    </AssistantPage>
  );
};
