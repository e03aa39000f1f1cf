import { isFilled, type Card as CardView } from '@hems/shared/view/card';
import type { NowView } from '@hems/shared/view/now';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import { Card } from '../ui/card.tsx';
import cards from './cards.module.css';
import { Flows } from './flows.tsx';
import styles from './now-card.module.css';
import { ReadAloud } from './read-aloud.tsx';

type Props = { readonly card: CardView<NowView>; readonly nowMs: number; readonly onRetry: () => void };

/** What the home uses at this moment: the largest thing on the page, never without its age. */
export const NowCard = ({ card, nowMs, onRetry }: Props): ReactNode => {
  const t = useMessages();
  const readAloud = isFilled(card) ? <ReadAloud sentence={card.content.spoken} nowMs={nowMs} /> : undefined;
  return (
    <Card title={t.now.title} card={card} className={cards['now']} onRetry={onRetry} aside={readAloud}>
      {({ kw, age, quality, silent, flows }) => (
        <div className={silent ? styles['silent'] : undefined}>
          <p className={styles['value']}>
            <span className={styles['number']}>{kw}</span>
            <span className={styles['unit']}>kW</span>
          </p>
          <p className={styles['age']}>
            {age} · {quality}
          </p>
          <Flows flows={flows} />
        </div>
      )}
    </Card>
  );
};
