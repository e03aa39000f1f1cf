import type { FlowView } from '@hems/shared/view/now';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import { BatteryIcon, PylonIcon, SunIcon } from '../ui/icons.tsx';
import styles from './now-card.module.css';

const ICONS = { solar: SunIcon, battery: BatteryIcon, grid: PylonIcon };

/** Where the power comes from and goes to: name, direction in a word, watts. */
export const Flows = ({ flows }: { readonly flows: readonly FlowView[] }): ReactNode => {
  const t = useMessages();
  if (flows.length === 0) return null;
  return (
    <ul className={styles['flows']} aria-label={t.now.flows}>
      {flows.map(({ part, name, power, doing, toHome }) => {
        const Icon = ICONS[part];
        return (
          <li key={part} className={`${styles['flow']} ${styles[part]} ${toHome ? '' : styles['away']}`}>
            <span className={styles['icon']}>
              <Icon />
            </span>
            <span>{name}</span>
            <span className={styles['doing']}>{doing}</span>
            <span className={styles['power']}>{power}</span>
          </li>
        );
      })}
    </ul>
  );
};
