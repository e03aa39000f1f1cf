import type { BillTexts } from '@hems/shared/i18n/ko/bill';
import type { Words } from '@hems/shared/i18n/texts';
import type { TierBarView } from '@hems/shared/view/tier-bar';
import type { CSSProperties, ReactNode } from 'react';
import { Sentences } from '../ui/disclosure.tsx';
import styles from './tier-bar.module.css';

type Props = { readonly bar: TierBarView; readonly words: Words<BillTexts> };

const width = (percent: number): CSSProperties => ({ width: `${percent}%` });

/** The tiers side by side, how far the use has come, and where it ends in eight of ten cases. The sentences below say the same. */
export const TierBar = ({ bar, words: { s } }: Props): ReactNode => (
  <div className={styles['box']}>
    <div className={styles['bar']} aria-hidden="true">
      {bar.tiers.map(({ name, widthPercent, usedPercent, limit, reached }) => (
        <div key={name} className={styles['tier']} style={width(widthPercent)}>
          <span className={reached ? styles['reached'] : styles['name']}>{name}</span>
          <span className={styles['track']}>
            <span className={styles['used']} style={width(usedPercent)} />
          </span>
          <span className={styles['limit']}>{limit}</span>
        </div>
      ))}
      {bar.projected && (
        <span
          className={styles['projected']}
          style={{ left: `${bar.projected.leftPercent}%`, ...width(bar.projected.widthPercent) }}
        />
      )}
    </div>
    <ul className={styles['legend']} aria-hidden="true">
      <li>
        <span className={styles['usedSwatch']} />
        {s.legendUsed}
      </li>
      {bar.projected && (
        <li>
          <span className={styles['projectedSwatch']} />
          {s.legendProjected}
        </li>
      )}
      <li>kWh</li>
    </ul>
    <Sentences texts={[bar.used, ...(bar.expected === undefined ? [] : [bar.expected]), ...bar.crossing]} />
  </div>
);
