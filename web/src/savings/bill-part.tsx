import { billTexts } from '@hems/shared/i18n/bill';
import { reasonsTexts } from '@hems/shared/i18n/reasons';
import { savingsTexts } from '@hems/shared/i18n/savings';
import { useRunningBill } from '@hems/shared/queries/bill';
import { billSummaryCard } from '@hems/shared/view/bill-summary';
import { behind } from '@hems/shared/view/card';
import type { ReactNode } from 'react';
import type { LaterProps } from '../dashboard/later.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { BillSummary } from './bill-summary.tsx';

export const BillPart = ({ householdId, session, onRetry }: LaterProps): ReactNode => {
  const bill = { t: useMessages(), reasons: useTexts(reasonsTexts), s: useTexts(billTexts) };
  const words = { bill, s: useTexts(savingsTexts) };
  const card = billSummaryCard(behind(session, useRunningBill(householdId)), words);
  return <BillSummary card={card} householdId={householdId} words={words} onRetry={onRetry} />;
};
