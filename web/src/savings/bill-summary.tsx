import type { BillSummaryView, BillSummaryWords } from '@hems/shared/view/bill-summary';
import type { Card as CardView } from '@hems/shared/view/card';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import cards from '../dashboard/cards.module.css';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import styles from './savings.module.css';
import { TierStrip } from './tier-strip.tsx';

type Props = {
  readonly card: CardView<BillSummaryView>;
  readonly householdId: string;
  readonly words: BillSummaryWords;
  readonly onRetry: () => void;
};

/** The bill so far and at the meter reading, with the way to the next tier. */
export const BillSummary = ({ card, householdId, words: { bill, s }, onRetry }: Props): ReactNode => (
  <Card
    title={bill.t.later.bill}
    card={card}
    className={cards['bill']}
    onRetry={onRetry}
    aside={
      <Link to="/households/$householdId/bill" params={{ householdId }} className={buttons['quiet']}>
        {s.seeBill}
      </Link>
    }
  >
    {({ won, unpriced, provisional, assumed, projected, notProjected, tierBar, tiers }) => (
      <>
        {won === undefined ? (
          <p className={styles['sub']}>{unpriced}</p>
        ) : (
          <dl className={styles['bills']}>
            <div>
              <dt>{provisional ? `${s.toDate} · ${bill.s.provisionalMark}` : s.toDate}</dt>
              <dd>{won}</dd>
            </div>
            {projected && (
              <div>
                <dt>{s.atReading(projected.range)}</dt>
                <dd>{projected.won}</dd>
              </div>
            )}
          </dl>
        )}
        {notProjected !== undefined && <p className={styles['sub']}>{notProjected}</p>}
        {tierBar && <TierStrip bar={tierBar} />}
        {tiers !== undefined && <p className={styles['sub']}>{tiers}</p>}
        {assumed && <p className={styles['sub']}>{s.assumed}</p>}
      </>
    )}
  </Card>
);
