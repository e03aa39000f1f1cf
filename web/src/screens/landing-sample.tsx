import type { LandingTexts } from '@hems/shared/i18n/ko/landing';
import type { ReactNode } from 'react';
import { BulbIcon } from '../ui/icons.tsx';
import styles from './landing.module.css';

/** A day as the chart of a home draws it: quiet at night, busy in the morning and the evening. */
const DAY =
  'M0 62c8-2 14 3 22 2s12-4 18-3 10 3 16 1c7-3 9-26 15-27s8 20 14 21 12-7 19-6 13 6 20 4 11-9 18-8 14 7 20 2 8-30 14-38 9 12 14 16 9-14 15-13 9 22 15 30 12 12 20 14';

/** What awaits behind the sign-in, drawn small; its caption says that the figures are nobody's. */
export const Sample = ({ s }: { readonly s: LandingTexts['sample'] }): ReactNode => (
  <figure className={styles['sample']}>
    <div className={styles['screen']} aria-hidden="true">
      <div className={styles['wide']}>
        <p>{s.bill}</p>
        <strong>{s.won}</strong>
        <p>{s.projected}</p>
        <div className={styles['tiers']} />
        <p>{s.tier}</p>
      </div>
      <div>
        <p>{s.now}</p>
        <strong>
          {s.kw} <small>kW</small>
        </strong>
        <p>{s.age}</p>
      </div>
      <div>
        <p>{s.saved}</p>
        <strong className={styles['saved']}>{s.savedWon}</strong>
        <p>{s.savedKwh}</p>
      </div>
      <svg className={styles['wide']} viewBox="0 0 240 80" preserveAspectRatio="none">
        <path d="M0 79.5h240M0 53h240M0 26.5h240" />
        <path d={`${DAY}V80H0z`} />
        <path d={DAY} />
      </svg>
      <div className={`${styles['wide']} ${styles['action']}`}>
        <BulbIcon />
        <p>{s.action}</p>
      </div>
    </div>
    <figcaption>{s.caption}</figcaption>
  </figure>
);
