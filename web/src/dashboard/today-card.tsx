import type { Card as CardView } from '@hems/shared/view/card';
import type { TodayView } from '@hems/shared/view/today';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import { Card } from '../ui/card.tsx';
import cards from './cards.module.css';
import styles from './today-card.module.css';

type Props = { readonly card: CardView<TodayView>; readonly onRetry: () => void };

export const TodayCard = ({ card, onRetry }: Props): ReactNode => {
  const t = useMessages();
  return (
    <Card title={t.today.title} card={card} className={cards['today']} onRetry={onRetry}>
      {({ kwh, quality }) => (
        <p className={styles['row']}>
          <span className={styles['number']}>{kwh}</span>
          <span className={styles['unit']}>kWh</span>
          <span className={styles['since']}>
            {t.today.since} · {quality}
          </span>
        </p>
      )}
    </Card>
  );
};
