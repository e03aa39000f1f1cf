import { isFilled } from '@hems/shared/view/card';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import styles from './bill.module.css';
import { TierBar } from './tier-bar.tsx';
import type { BillCardProps } from './to-date-card.tsx';

/** The bill at the meter reading as a range, and the tiers on the way to it. A period that is over has none. */
export const ProjectionCard = ({ card, words, onRetry }: BillCardProps): ReactNode => {
  const { s } = words;
  if (isFilled(card) && card.content.projection === undefined && card.content.tierBar === undefined) return null;
  return (
    <Card
      title={isFilled(card) && card.content.projection === undefined ? s.tiers : s.projected}
      card={card}
      className={styles['projection']}
      onRetry={onRetry}
    >
      {({ projection, tierBar }) => (
        <>
          {projection?.status === 'projected' && (
            <>
              <p className={styles['won']}>
                <strong>{projection.won}</strong>
              </p>
              <p>{projection.range}</p>
              {tierBar === undefined && <p className={styles['sub']}>{projection.use}</p>}
            </>
          )}
          {projection?.status === 'refused' && (
            <>
              <p className={styles['strong']}>{s.noProjection}</p>
              <p className={styles['sub']}>{projection.reason}</p>
            </>
          )}
          {tierBar && (
            <>
              <h3 className={styles['part']}>{s.tiers}</h3>
              <TierBar bar={tierBar} words={words} />
            </>
          )}
          {projection?.status === 'projected' && (
            <Disclosure summary={s.how}>
              <p className={styles['sub']}>{projection.how}</p>
            </Disclosure>
          )}
        </>
      )}
    </Card>
  );
};
