import type { BillView, BillWords } from '@hems/shared/view/bill';
import { isFilled, type Card as CardView } from '@hems/shared/view/card';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import { Disclosure, Sentences } from '../ui/disclosure.tsx';
import styles from './bill.module.css';

export type BillCardProps = {
  readonly card: CardView<BillView>;
  readonly words: BillWords;
  readonly onRetry: () => void;
};

/** What the bill would be if nothing more were used, and what the next kWh adds. */
export const ToDateCard = ({ card, words: { s }, onRetry }: BillCardProps): ReactNode => (
  <Card
    title={isFilled(card) && card.content.isOver ? s.final : s.toDate}
    card={card}
    className={styles['toDate']}
    onRetry={onRetry}
  >
    {({ priced, unpriced, passed, used, isOver }) =>
      priced === undefined ? (
        <>
          <p className={styles['strong']}>{s.unsupportedTitle}</p>
          <p>{unpriced}</p>
          <p className={styles['sub']}>{used}</p>
        </>
      ) : (
        <>
          <p className={styles['won']}>
            <strong>{priced.won}</strong>
            {priced.provisional && <span className={styles['mark']}>{s.provisionalMark}</span>}
          </p>
          {!isOver && <p className={styles['sub']}>{s.ifNoMore}</p>}
          <p className={styles['sub']}>
            {passed} · {used}
          </p>
          <dl className={styles['marginal']}>
            {priced.marginal.map(({ name, won }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{won}</dd>
              </div>
            ))}
          </dl>
          {priced.doubts.length > 0 && (
            <Disclosure summary={s.doubts}>
              <Sentences texts={priced.doubts} />
            </Disclosure>
          )}
        </>
      )
    }
  </Card>
);
