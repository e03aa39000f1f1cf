import type { Chip } from '@hems/shared/view/freshness';
import type { OriginLabel } from '@hems/shared/view/origin-label';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import styles from './head.module.css';

/** How fresh the figures are, in words and with a dot. */
export const DataState = ({ chip }: { readonly chip: Chip }): ReactNode => (
  <p className={`${styles['chip']} ${styles[chip.state] ?? ''}`} data-chip={chip.state}>
    <span>
      {chip.text}
      {chip.since !== undefined && <span className={styles['since']}>{chip.since}</span>}
    </span>
  </p>
);

/** Says of a demo home that it is one, and on request from where its values come. */
export const Origin = ({ origin }: { readonly origin: OriginLabel }): ReactNode => {
  const t = useMessages();
  return (
    <details className={styles['origin']}>
      <summary>
        {origin.short} <span className={styles['more']}>{t.origin.more}</span>
      </summary>
      <p>{origin.long}</p>
    </details>
  );
};
