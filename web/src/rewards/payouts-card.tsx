import type { Filled } from '@hems/shared/view/card';
import type { RewardWords } from '@hems/shared/view/reward-words';
import type { PayoutView } from '@hems/shared/view/rewards';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import rows from './rewards.module.css';

type Props = { readonly card: Filled<readonly PayoutView[]> | undefined; readonly words: RewardWords };

/** What was asked for and how it fares, each with its next step. */
export const PayoutsCard = ({ card, words: { s } }: Props): ReactNode =>
  card && (
    <Card title={s.payouts} card={card} className={rows['payouts']} onRetry={() => undefined}>
      {(payouts) => (
        <ul>
          {payouts.map(({ payoutId, amount, when, stateText, next }) => (
            <li key={payoutId} className={rows['row']}>
              <div>
                <p className={rows['strong']}>{stateText}</p>
                <p className={rows['sub']}>{next === '' ? when : `${when} · ${next}`}</p>
              </div>
              <p className={rows['figure']}>{amount}</p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
