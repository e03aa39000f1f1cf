import type { Card as CardView } from '@hems/shared/view/card';
import type { TodayCo2View } from '@hems/shared/view/today-saving';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import { Card } from '../ui/card.tsx';
import cards from './cards.module.css';
import styles from './tiles.module.css';

type Props = {
  readonly card: CardView<TodayCo2View>;
  /** up to when, where a saving is told */
  readonly until: string | undefined;
  readonly onRetry: () => void;
};

/** The CO2 that today saved, and its footprint. */
export const Co2Tile = ({ card, until, onRetry }: Props): ReactNode => {
  const t = useMessages();
  return (
    <Card title={t.later.co2} card={card} className={cards['tile']} onRetry={onRetry}>
      {({ saved, footprint }) => (
        <>
          {saved && (
            <p className={`${styles['value']} ${styles[saved.direction]}`}>
              <strong>{saved.amount}</strong> <span>{saved.word}</span>
            </p>
          )}
          {footprint !== undefined && <p className={styles['line']}>{footprint}</p>}
          {saved && until !== undefined && <p className={styles['sub']}>{until}</p>}
        </>
      )}
    </Card>
  );
};
