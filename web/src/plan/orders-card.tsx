import type { Card as CardView } from '@hems/shared/view/card';
import type { OrderView } from '@hems/shared/view/plan';
import type { PlanWords } from '@hems/shared/view/plan-steps';
import type { ReactNode } from 'react';
import grid from '../assistant/assistant.module.css';
import { Card } from '../ui/card.tsx';
import styles from './plan.module.css';

type Props = {
  readonly card: CardView<readonly OrderView[]>;
  readonly words: PlanWords;
  readonly onRetry: () => void;
};

/** What was ordered, until when, and how it fared. */
export const OrdersCard = ({ card, words: { s }, onRetry }: Props): ReactNode => (
  <Card title={s.orders} card={card} className={styles['part']} onRetry={onRetry}>
    {(orders) => (
      <ul>
        {orders.map(({ orderId, what, when, state, isFailed }) => (
          <li key={orderId} className={styles['order']}>
            <div>
              <p className={styles['name']}>{what}</p>
              <p className={grid['sub']}>{when}</p>
            </div>
            <p className={isFailed ? styles['failed'] : grid['sub']}>{state}</p>
          </li>
        ))}
      </ul>
    )}
  </Card>
);
