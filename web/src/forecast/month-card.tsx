import type { BillWords } from '@hems/shared/view/bill';
import type { BillMonthView } from '@hems/shared/view/bill-month';
import type { Card as CardView } from '@hems/shared/view/card';
import type { ForecastWords } from '@hems/shared/view/forecast-hours';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import styles from './forecast.module.css';

type Props = {
  readonly card: CardView<BillMonthView>;
  readonly householdId: string;
  readonly words: { readonly f: ForecastWords['f']; readonly bill: BillWords };
  readonly onRetry: () => void;
};

/** What the billing period is expected to come to, as the bill and the home screen say it, and the way to the bill. */
export const MonthCard = ({ card, householdId, words: { f, bill }, onRetry }: Props): ReactNode => (
  <Card title={bill.s.projected} card={card} className={styles['month']} onRetry={onRetry}>
    {({ period, projected, lacking }) => (
      <>
        {projected && (
          <>
            <p className={styles['monthAmount']}>{projected.won}</p>
            <p className={styles['sub']}>{projected.range}</p>
            <p className={styles['sub']}>{projected.use}</p>
          </>
        )}
        {lacking !== undefined && <p className={styles['sub']}>{lacking}</p>}
        <p className={styles['sub']}>{period}</p>
        <Link
          to="/households/$householdId/bill"
          params={{ householdId }}
          className={`${buttons['button']} ${styles['start']}`}
        >
          {f.toBill}
        </Link>
      </>
    )}
  </Card>
);
