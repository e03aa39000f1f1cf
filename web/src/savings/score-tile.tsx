import { isFilled, type Card as CardView } from '@hems/shared/view/card';
import type { SavingWords } from '@hems/shared/view/savings';
import type { ScoreView } from '@hems/shared/view/score';
import type { ReactNode } from 'react';
import cards from '../dashboard/cards.module.css';
import styles from '../dashboard/tiles.module.css';
import { Why } from '../dashboard/why.tsx';
import { Card } from '../ui/card.tsx';
import { Sentences } from '../ui/disclosure.tsx';

type Props = { readonly card: CardView<ScoreView>; readonly words: SavingWords; readonly onRetry: () => void };

/** The efficiency grade, that it is ours, and why it is what it is. */
export const ScoreTile = ({ card, words: { t, s }, onRetry }: Props): ReactNode => {
  const why = isFilled(card) && (
    <Why label={s.whyScore} sign={s.whyShort}>
      <p>
        {card.content.score} · {card.content.over}
      </p>
      <Sentences texts={card.content.why} />
      <p className={styles['sub']}>{card.content.ours}</p>
    </Why>
  );
  return (
    <Card title={t.later.score} card={card} className={cards['tile']} onRetry={onRetry} aside={why || undefined}>
      {({ grade, points }) => (
        <>
          <p className={styles['grade']}>
            <strong>{grade}</strong> <span>{points}</span>
          </p>
          <p className={styles['sub']}>{s.basis}</p>
        </>
      )}
    </Card>
  );
};
