import type { OriginLabel } from '@hems/shared/view/origin-label';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import styles from './head.module.css';

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
