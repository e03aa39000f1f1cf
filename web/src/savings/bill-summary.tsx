import type { BillView, BillWords } from '@hems/shared/view/bill';
import type { Card as CardView } from '@hems/shared/view/card';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { TierBar } from '../bill/tier-bar.tsx';
import cards from '../dashboard/cards.module.css';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import styles from './savings.module.css';

type Props = {
  readonly card: CardView<BillView>;
  readonly householdId: string;
  readonly words: BillWords;
  readonly onRetry: () => void;
};

/** The bill so far and at the meter reading, with the way to the next tier. */
export const BillSummary = ({ card, householdId, words: { t, s }, onRetry }: Props): ReactNode => (
  <Card
    title={t.later.bill}
    card={card}
    className={cards['bill']}
    onRetry={onRetry}
    aside={
      <Link to="/households/$householdId/bill" params={{ householdId }} className={buttons['quiet']}>
        {s.seeBill}
      </Link>
    }
  >
    {({ priced, unpriced, projection, tierBar }) => (
      <>
        {priced === undefined ? (
          <p className={styles['sub']}>{unpriced}</p>
        ) : (
          <p className={styles['won']}>
            <strong>{priced.won}</strong>
            <span className={styles['sub']}>{s.toDate}</span>
          </p>
        )}
        {projection?.status === 'projected' && (
          <p className={styles['sentence']}>
            {s.projected} <strong>{projection.won}</strong>. {projection.range}
          </p>
        )}
        {tierBar && <TierBar bar={tierBar} words={{ t, s }} />}
      </>
    )}
  </Card>
);
