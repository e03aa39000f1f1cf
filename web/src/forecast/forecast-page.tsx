import { addDays, localDate } from '@hems/models/calendar/seoul';
import { assistantTexts } from '@hems/shared/i18n/assistant';
import { billTexts } from '@hems/shared/i18n/bill';
import { forecastTexts } from '@hems/shared/i18n/forecast';
import { reasonsTexts } from '@hems/shared/i18n/reasons';
import { useRunningBill } from '@hems/shared/queries/bill';
import { useForecast, useForecastAccuracy } from '@hems/shared/queries/forecast';
import { useUsage } from '@hems/shared/queries/usage';
import { billMonthCard } from '@hems/shared/view/bill-month';
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
import styles from './forecast.module.css';
import { HoursCard } from './hours-card.tsx';
import { MonthCard } from './month-card.tsx';
import { ScoreCard } from './score-card.tsx';

/** Days whose forecast is held against what was used. */
const PAST_DAYS = 28;

/**
 * What the home is expected to use: the next hour, until tomorrow and the days, and how good that has been. The month is that of the
 * bill (ADR 0021): two figures for one period would contradict each other.
 */
export const ForecastPage = ({ householdId }: PageProps): ReactNode => {
  const words = { t: useMessages(), s: useTexts(assistantTexts), f: useTexts(forecastTexts) };
  const billWords = { t: words.t, s: useTexts(billTexts), reasons: useTexts(reasonsTexts) };
  const nowMs = useMinute();
  const today = localDate(nowMs);
  const forecast = useForecast(householdId);
  const bill = useRunningBill(householdId);
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
          <>
            <div className={styles['heads']}>
              {next}
              <MonthCard
                card={billMonthCard(behind(session, bill), billWords)}
                householdId={householdId}
                words={{ f: words.f, bill: billWords }}
                onRetry={retry}
              />
            </div>
            <div className={grid['grid']}>
              <HoursCard
                card={hoursCard({ loaded: shown, today: usage.data, nowMs }, words)}
                words={words}
                onRetry={retry}
              />
              <DaysCard card={daysCard(shown, words, nowMs)} words={words} onRetry={retry} />
              <div className={grid['column']}>
                <ScoreCard card={scoreCardOf(shown, words)} words={words} onRetry={retry} />
                <AccuracyCard card={accuracyCard(behind(session, accuracy), words)} words={words} onRetry={retry} />
              </div>
            </div>
          </>
        );
      }}
    </AssistantPage>
  );
};
