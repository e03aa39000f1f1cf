import type { ReactNode } from 'react';
import { Popover } from '../ui/popover.tsx';
import buttons from '../ui/button.module.css';
import styles from './tiles.module.css';

type Props = {
  /** the question, in full */
  readonly label: string;
  /** the question on the button */
  readonly sign: string;
  readonly children: ReactNode;
};

/** How a figure came about, for whoever asks: a tile has no room for it. */
export const Why = ({ label, sign, children }: Props): ReactNode => (
  <Popover label={label} sign={sign} className={buttons['quiet']}>
    <div className={styles['why']}>{children}</div>
  </Popover>
);
