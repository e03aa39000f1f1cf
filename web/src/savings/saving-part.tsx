import { addDays, localDate } from '@hems/models/calendar/seoul';
import { reasonsTexts } from '@hems/shared/i18n/reasons';
import { savingsTexts } from '@hems/shared/i18n/savings';
import { useDays } from '@hems/shared/queries/days';
import { behind } from '@hems/shared/view/card';
import { savingCard } from '@hems/shared/view/savings';
import type { ReactNode } from 'react';
import type { LaterProps } from '../dashboard/later.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { useMinute } from '../ui/use-minute.ts';
import { SavingCard } from './saving-card.tsx';

/** Days that are summed up beside yesterday. */
const DAYS = 30;

export const SavingPart = ({ householdId, session, onRetry }: LaterProps): ReactNode => {
  const words = { t: useMessages(), reasons: useTexts(reasonsTexts), s: useTexts(savingsTexts) };
  const today = localDate(useMinute());
  const days = useDays(householdId, { from: addDays(today, -DAYS), to: addDays(today, -1) });
  return <SavingCard card={savingCard(behind(session, days), today, words)} words={words} onRetry={onRetry} />;
};
