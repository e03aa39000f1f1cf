import type { Card as CardView } from '@hems/shared/view/card';
import type { DeviceView } from '@hems/shared/view/devices';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import cards from './cards.module.css';
import styles from './rows.module.css';

type Props = {
  readonly card: CardView<readonly DeviceView[]>;
  readonly householdId: string;
  /** what the way to all of them says */
  readonly all: string;
  readonly onRetry: () => void;
};

export const DevicesCard = ({ card, householdId, all, onRetry }: Props): ReactNode => {
  const t = useMessages();
  return (
    <Card
      title={t.later.devices}
      card={card}
      className={cards['devices']}
      onRetry={onRetry}
      aside={
        <Link
          to="/households/$householdId/settings/{-$page}"
          params={{ householdId, page: 'devices' }}
          className={buttons['quiet']}
        >
          {all}
        </Link>
      }
    >
      {(devices) => (
        <ul className={styles['rows']}>
          {devices.map(({ deviceId, name, about, silent, power }) => (
            <li key={deviceId} className={`${styles['row']} ${silent ? styles['silent'] : ''}`}>
              <div>
                <p className={styles['name']}>{name}</p>
                <p className={styles['sub']}>{about}</p>
              </div>
              {power !== undefined && <p className={styles['figure']}>{power}</p>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};
