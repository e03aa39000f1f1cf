import type { Card as CardView } from '@hems/shared/view/card';
import type { RewardWords } from '@hems/shared/view/reward-words';
import type { BalanceView } from '@hems/shared/view/rewards';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import { PayoutForm } from './payout-form.tsx';
import styles from './rewards.module.css';

export type BalancesProps = {
  readonly card: CardView<readonly BalanceView[]>;
  readonly householdId: string;
  readonly words: RewardWords;
  readonly onRetry: () => void;
};

const Figures = ({ figures }: { readonly figures: BalanceView['own'] }): ReactNode => (
  <dl className={styles['figures']}>
    {figures.map(({ name, amount }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{amount}</dd>
      </div>
    ))}
  </dl>
);

/** What can be paid out, in each unit for itself, and apart from it what others owe. */
export const BalancesCard = ({ card, householdId, words, onRetry }: BalancesProps): ReactNode => {
  const { s } = words;
  return (
    <Card title={s.title} card={card} className={styles['balances']} onRetry={onRetry}>
      {(balances) => (
        <>
          <div className={styles['units']}>
            {balances.map(({ unit, name, withdrawable, about, most, own, others }) => (
              <section key={unit} className={styles['unit']} aria-label={name}>
                <h3 className={styles['name']}>{name}</h3>
                <p className={styles['amount']}>{withdrawable}</p>
                <p className={styles['sub']}>{about}</p>
                <Figures figures={own} />
                {most > 0 && <PayoutForm householdId={householdId} unit={unit} most={most} words={words} />}
                {others.length > 0 && (
                  <div className={styles['others']}>
                    <Figures figures={others} />
                    <p className={styles['sub']}>{s.expectedHint}</p>
                  </div>
                )}
              </section>
            ))}
          </div>
          <p className={styles['sub']}>{s.apart}</p>
        </>
      )}
    </Card>
  );
};
