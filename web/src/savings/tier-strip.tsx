import type { TierBarView } from '@hems/shared/view/tier-bar';
import type { CSSProperties, ReactNode } from 'react';
import styles from './tier-strip.module.css';

const width = (percent: number): CSSProperties => ({ width: `${percent}%` });

/** The tiers in one thin line: how far the use has come, and where it ends in eight of ten cases. The sentence below says the same. */
export const TierStrip = ({ bar }: { readonly bar: TierBarView }): ReactNode => (
  <div className={styles['strip']} aria-hidden="true">
    {bar.tiers.map(({ name, widthPercent, usedPercent }) => (
      <div key={name} className={styles['tier']} style={width(widthPercent)}>
        <span className={styles['used']} style={width(usedPercent)} />
      </div>
    ))}
    {bar.projected && (
      <span
        className={styles['projected']}
        style={{ left: `${bar.projected.leftPercent}%`, ...width(bar.projected.widthPercent) }}
      />
    )}
  </div>
);
