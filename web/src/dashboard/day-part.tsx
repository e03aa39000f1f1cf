import { dayTexts } from '@hems/shared/i18n/day';
import { behind } from '@hems/shared/view/card';
import { dayCard } from '@hems/shared/view/day';
import { useMemo, type ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { DayCard } from './day-card.tsx';
import type { LaterProps } from './later.tsx';

/** The last 24 hours. They change with an answer, not with the second. */
export const DayPart = ({ session, usage, live, isLive, onRetry }: LaterProps): ReactNode => {
  const t = useMessages();
  const s = useTexts(dayTexts);
  const card = useMemo(() => dayCard(behind(session, usage), live, { t, s }), [session, usage, live, t, s]);
  return <DayCard card={card} live={isLive} words={{ t, s }} onRetry={onRetry} />;
};
