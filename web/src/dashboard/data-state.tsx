import type { Chip } from '@hems/shared/view/freshness';
import type { ReactNode } from 'react';
import styles from '../household/head.module.css';

/** How fresh the figures are, in words and with a dot. */
export const DataState = ({ chip }: { readonly chip: Chip }): ReactNode => (
  <p className={`${styles['chip']} ${styles[chip.state] ?? ''}`} data-chip={chip.state}>
    <span>
      {chip.text}
      {chip.since !== undefined && <span className={styles['since']}>{chip.since}</span>}
    </span>
  </p>
);
