import type { ReactNode } from 'react';
import styles from './next-step.module.css';

type Props = {
  /** a card that has nothing to show */
  readonly card: ReactNode;
  /** the way on, as a link that looks like a button */
  readonly children: ReactNode;
};

/** An empty card with the next step on it: nobody is left in front of nothing. */
export const NextStep = ({ card, children }: Props): ReactNode => (
  <div className={styles['box']}>
    {card}
    <div className={styles['step']}>{children}</div>
  </div>
);
