import { isFilled, type Card as CardView } from '@hems/shared/view/card';
import type { NowView } from '@hems/shared/view/now';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import cards from './cards.module.css';
import styles from './now-card.module.css';
import { ReadAloud } from './read-aloud.tsx';

type Props = {
  readonly card: CardView<NowView>;
  readonly householdId: string;
  readonly nowMs: number;
  readonly onRetry: () => void;
  /** against the usual power of the hour */
  readonly usual: ReactNode;
};

/** What the home uses at this moment: the largest thing on the page, never without its age. */
export const NowCard = ({ card, householdId, nowMs, onRetry, usual }: Props): ReactNode => {
  const t = useMessages();
  const aside = isFilled(card) ? (
    <ReadAloud sentence={card.content.spoken} nowMs={nowMs} />
  ) : card.state === 'empty' ? (
    <Link
      to="/households/$householdId/settings/{-$page}"
      params={{ householdId, page: 'devices' }}
      className={buttons['quiet']}
    >
      {t.now.connect}
    </Link>
  ) : undefined;
  return (
    <Card title={t.now.title} card={card} className={cards['tile']} onRetry={onRetry} aside={aside}>
      {({ kw, age, quality, silent }) => (
        <div className={silent ? styles['silent'] : undefined}>
          <p className={styles['value']}>
            <span className={styles['number']}>{kw}</span>
            <span className={styles['unit']}>kW</span>
          </p>
          <p className={styles['age']}>
            {age} · {quality}
          </p>
          {!silent && usual}
        </div>
      )}
    </Card>
  );
};
