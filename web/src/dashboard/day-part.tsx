import { HOUR_MS } from '@hems/models/calendar/seoul';
import { dayTexts } from '@hems/shared/i18n/day';
import { useForecast } from '@hems/shared/queries/forecast';
import { useDayBefore, useDayUsage } from '@hems/shared/queries/usage';
import { behind, isDenied } from '@hems/shared/view/card';
import { dayCard } from '@hems/shared/view/day';
import { serverNow } from '@hems/shared/view/live-tail';
import { useMemo, type ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { DayCard } from './day-card.tsx';
import type { LaterProps } from './later.tsx';

/** The last 24 hours, the day before and the hours to come. They change with an answer, not with the second. */
export const DayPart = ({ householdId, session, live, isLive, deviceMs, onRetry }: LaterProps): ReactNode => {
  const t = useMessages();
  const s = useTexts(dayTexts);
  const nowMs = live.data?.live.now ?? deviceMs;
  const usage = useDayUsage(householdId, nowMs);
  const earlier = useDayBefore(householdId, nowMs).data;
  const { data, error } = useForecast(householdId);
  // What may no longer be told is told no more; a failure of the moment takes nothing away.
  const forecast = isDenied(error) ? undefined : data;
  const hourMs = Math.floor(serverNow(live, deviceMs) / HOUR_MS) * HOUR_MS;
  const words = useMemo(() => ({ t, s }), [t, s]);
  const card = useMemo(
    () => dayCard({ usage: behind(session, usage), earlier, live, forecast, hourMs }, words),
    [session, usage, earlier, live, forecast, hourMs, words],
  );
  return <DayCard card={card} live={isLive} words={words} onRetry={onRetry} />;
};
