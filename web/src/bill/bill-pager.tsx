import { addDays } from '@hems/models/calendar/seoul';
import type { RunningBill } from '@hems/shared/api/bill';
import { spanText } from '@hems/shared/format/date';
import type { BillTexts } from '@hems/shared/i18n/ko/bill';
import type { Words } from '@hems/shared/i18n/texts';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Pager } from '../ui/pager.tsx';

type Props = { readonly period: RunningBill['period'] | undefined; readonly words: Words<BillTexts> };

/** From one meter-reading period to the next; the present one is the last. */
export const BillPager = ({ period, words: { t, s } }: Props): ReactNode => {
  const navigate = useNavigate({ from: '/households/$householdId/bill' });
  const go = (date: string | undefined): void => void navigate({ search: { date }, replace: true, resetScroll: false });
  const isOver = period !== undefined && period.daysPassed >= period.days;
  return (
    <Pager
      name={period === undefined ? '' : spanText(period, t)}
      labels={{ previous: s.previous, next: s.next }}
      onPrevious={period && (() => go(addDays(period.from, -1)))}
      onNext={isOver ? () => go(addDays(period.to, 1)) : undefined}
      back={isOver ? { text: s.now, go: () => go(undefined) } : undefined}
    />
  );
};
