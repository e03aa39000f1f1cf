import type { Card as CardView } from '@hems/shared/view/card';
import type { ResultView, SuggestionWords } from '@hems/shared/view/suggestions';
import type { ReactNode } from 'react';
import grid from '../assistant/assistant.module.css';
import { Card } from '../ui/card.tsx';
import styles from './advice.module.css';

type Props = {
  readonly card: CardView<readonly ResultView[]>;
  readonly words: SuggestionWords;
  readonly onRetry: () => void;
};

/** What became of the suggestions that were taken: measured, still measured, or not to be told from chance. */
export const ResultsCard = ({ card, words: { s }, onRetry }: Props): ReactNode => (
  <Card title={s.results} card={card} className={styles['part']} onRetry={onRetry}>
    {(results) => (
      <ul>
        {results.map(({ adviceId, title, accepted, outcome, hasHelped }) => (
          <li key={adviceId} className={styles['result']}>
            <p className={styles['title']}>{title}</p>
            <p className={grid['sub']}>{accepted}</p>
            <p className={hasHelped ? styles['helped'] : grid['sentence']}>{outcome}</p>
          </li>
        ))}
      </ul>
    )}
  </Card>
);
