import type { EnergyTexts } from '@hems/shared/i18n/ko/energy';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import tabs from '../ui/tabs.module.css';
import styles from './energy.module.css';

type Props = {
  readonly householdId: string;
  readonly s: EnergyTexts;
  /** what holds for all of the screen */
  readonly children?: ReactNode;
};

/** Between what was used and what it costs. */
export const EnergyTabs = ({ householdId, s, children }: Props): ReactNode => (
  <div className={styles['top']}>
    <nav className={tabs['tabs']} aria-label={s.tabs.label}>
      <Link to="/households/$householdId/energy" params={{ householdId }} activeOptions={{ includeSearch: false }}>
        {s.tabs.use}
      </Link>
      <Link to="/households/$householdId/bill" params={{ householdId }} activeOptions={{ includeSearch: false }}>
        {s.tabs.bill}
      </Link>
    </nav>
    {children}
  </div>
);
