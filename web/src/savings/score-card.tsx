import type { Card as CardView } from '@hems/shared/view/card';
import type { SavingWords } from '@hems/shared/view/savings';
import type { ScoreView } from '@hems/shared/view/score';
import type { ReactNode } from 'react';
import cards from '../dashboard/cards.module.css';
import { Card } from '../ui/card.tsx';
import { Disclosure, Sentences } from '../ui/disclosure.tsx';
import styles from './savings.module.css';

type Props = { readonly card: CardView<ScoreView>; readonly words: SavingWords; readonly onRetry: () => void };

/** The efficiency grade, that it is ours, and why it is what it is. */
export const ScoreCard = ({ card, words: { t, s }, onRetry }: Props): ReactNode => (
  <Card title={t.later.score} card={card} className={cards['score']} onRetry={onRetry}>
    {({ grade, score, over, ours, why }) => (
      <>
        <p className={styles['grade']}>
          <strong>{grade}</strong>
          <span>{score}</span>
        </p>
        <p className={styles['sub']}>{over}</p>
        <p className={styles['sub']}>{ours}</p>
        <Disclosure summary={s.whyScore}>
          <Sentences texts={why} />
        </Disclosure>
      </>
    )}
  </Card>
);
