import { addDays, localDate } from '@hems/models/calendar/seoul';
import { billTexts } from '@hems/shared/i18n/bill';
import { reasonsTexts } from '@hems/shared/i18n/reasons';
import { savingsTexts } from '@hems/shared/i18n/savings';
import { useRunningBill } from '@hems/shared/queries/bill';
import { useDays, useScore } from '@hems/shared/queries/days';
import { billCard } from '@hems/shared/view/bill';
import { behind } from '@hems/shared/view/card';
import { savingCard } from '@hems/shared/view/savings';
import { scoreCard } from '@hems/shared/view/score';
import type { ReactNode } from 'react';
import type { LaterProps } from '../dashboard/later.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { useMinute } from '../ui/use-minute.ts';
import { BillSummary } from './bill-summary.tsx';
import { SavingCard } from './saving-card.tsx';
import { ScoreCard } from './score-card.tsx';

/** Days that are summed up beside yesterday. */
const DAYS = 30;

/** What the home's electricity costs and saved. */
export const Money = ({ householdId, session, onRetry }: LaterProps): ReactNode => {
  const t = useMessages();
  const reasons = useTexts(reasonsTexts);
  const bill = { t, reasons, s: useTexts(billTexts) };
  const savings = { t, reasons, s: useTexts(savingsTexts) };
  const today = localDate(useMinute());
  const days = useDays(householdId, { from: addDays(today, -DAYS), to: addDays(today, -1) });
  return (
    <>
      <BillSummary
        card={billCard(behind(session, useRunningBill(householdId)), bill)}
        householdId={householdId}
        words={bill}
        onRetry={onRetry}
      />
      <SavingCard card={savingCard(behind(session, days), today, savings)} words={savings} onRetry={onRetry} />
      <ScoreCard card={scoreCard(behind(session, useScore(householdId)), savings)} words={savings} onRetry={onRetry} />
    </>
  );
};
