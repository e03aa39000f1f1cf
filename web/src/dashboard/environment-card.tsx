import type { Card as CardView } from '@hems/shared/view/card';
import type { SensorView } from '@hems/shared/view/environment';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import { Card } from '../ui/card.tsx';
import cards from './cards.module.css';
import styles from './rows.module.css';

type Props = { readonly card: CardView<readonly SensorView[]>; readonly onRetry: () => void };

export const EnvironmentCard = ({ card, onRetry }: Props): ReactNode => {
  const t = useMessages();
  return (
    <Card title={t.later.environment} card={card} className={cards['environment']} onRetry={onRetry}>
      {(sensors) => (
        <ul>
          {sensors.map(({ deviceId, name, lastSeen, silent, readings }) => (
            <li key={deviceId} className={`${styles['sensor']} ${silent ? styles['silent'] : ''}`}>
              <p>
                <span className={styles['name']}>{name}</span> <span className={styles['sub']}>{lastSeen}</span>
              </p>
              <dl className={styles['readings']}>
                {readings.map((reading) => (
                  <div key={reading.name}>
                    <dt>{reading.name}</dt>
                    <dd>
                      {reading.value} <small>{reading.unit}</small>
                    </dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};
