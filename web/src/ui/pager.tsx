import type { ReactNode } from 'react';
import buttons from './button.module.css';
import { NextIcon, PreviousIcon } from './arrow-icons.tsx';
import styles from './pager.module.css';

type Props = {
  /** of what is shown */
  readonly name: string;
  readonly labels: { readonly previous: string; readonly next: string };
  /** undefined: there is none */
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  /** the way to the present, where that is somewhere else */
  readonly back: { readonly text: string; readonly go: () => void } | undefined;
};

/** Before, name, after: the buttons beside any gesture. */
export const Pager = ({ name, labels, onPrevious, onNext, back }: Props): ReactNode => (
  <div className={styles['pager']}>
    <button
      type="button"
      className={buttons['button']}
      aria-label={labels.previous}
      aria-disabled={onPrevious === undefined}
      onClick={onPrevious}
    >
      <PreviousIcon />
    </button>
    <p className={styles['name']} aria-live="polite">
      {name}
    </p>
    <button
      type="button"
      className={buttons['button']}
      aria-label={labels.next}
      aria-disabled={onNext === undefined}
      onClick={onNext}
    >
      <NextIcon />
    </button>
    {back && (
      <button type="button" className={buttons['quiet']} onClick={back.go}>
        {back.text}
      </button>
    )}
  </div>
);
