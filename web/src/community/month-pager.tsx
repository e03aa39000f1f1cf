import { localDate } from '@hems/models/calendar/seoul';
import { monthText } from '@hems/shared/format/date';
import { monthBeside, type CommunityWords } from '@hems/shared/view/community';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Pager } from '../ui/pager.tsx';
import { useMinute } from '../ui/use-minute.ts';
import styles from './community.module.css';

type Props = { readonly month: string | undefined; readonly words: CommunityWords };

/** From one month's ranking to the next. */
export const MonthPager = ({ month, words: { t, s } }: Props): ReactNode => {
  const navigate = useNavigate({ from: '/households/$householdId/community' });
  const present = localDate(useMinute()).slice(0, 7);
  const go = (to: string): void => void navigate({ search: { month: to }, replace: true, resetScroll: false });
  return (
    <div className={styles['pager']}>
      <Pager
        name={month === undefined ? '' : monthText(month, t)}
        labels={{ previous: s.previous, next: s.next }}
        onPrevious={month === undefined ? undefined : () => go(monthBeside(month, -1))}
        onNext={month !== undefined && month < present ? () => go(monthBeside(month, 1)) : undefined}
        back={undefined}
      />
    </div>
  );
};
