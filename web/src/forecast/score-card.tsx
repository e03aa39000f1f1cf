import type { Card as CardView } from '@hems/shared/view/card';
import type { ForecastWords } from '@hems/shared/view/forecast-hours';
import type { ScoreView } from '@hems/shared/view/forecast-score';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import styles from './forecast.module.css';

type Props = { readonly card: CardView<ScoreView>; readonly words: ForecastWords; readonly onRetry: () => void };

/** How right the forecasts of the last weeks were, beside doing without one, and whether the range held its promise. */
export const ScoreCard = ({ card, words: { f }, onRetry }: Props): ReactNode => (
  <Card title={f.score} card={card} className={styles['score']} onRetry={onRetry}>
    {({ over, ours, theirs, verdict, isBetter, kept, keptVerdict }) => (
      <>
        <p className={styles['sub']}>{over}</p>
        <dl className={styles['facts']}>
          <div>
            <dt>{f.ours}</dt>
            <dd>{ours}</dd>
          </div>
          <div>
            <dt>{f.theirs}</dt>
            <dd>{theirs}</dd>
          </div>
        </dl>
        <p className={isBetter ? styles['good'] : styles['sentence']}>{verdict}</p>
        <p className={styles['sub']}>{f.rightMeans}</p>
        <p className={styles['promise']}>{f.promised}</p>
        <p className={styles['sentence']}>
          {kept} {keptVerdict}
        </p>
      </>
    )}
  </Card>
);
