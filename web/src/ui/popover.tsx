import { useId, type ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import buttons from './button.module.css';
import { Icon } from './icons.tsx';
import styles from './popover.module.css';

type Props = {
  /** says what opens, and stands over it */
  readonly label: string;
  /** what the button shows */
  readonly sign: ReactNode;
  readonly className: string | undefined;
  readonly children: ReactNode;
};

/** A few words or choices that open from a button: a sheet at the bottom of a phone, beside the button elsewhere. Escape and a tap outside close it. */
export const Popover = ({ label, sign, className, children }: Props): ReactNode => {
  const t = useMessages();
  const id = useId();
  // Whoever says what the button shows must hit it.
  const name = typeof sign === 'string' ? `${sign} ${label}` : label;
  return (
    <>
      <button type="button" className={className} aria-label={name} title={label} popoverTarget={id}>
        {sign}
      </button>
      <dialog id={id} popover="auto" aria-label={label} className={styles['popover']}>
        <div className={styles['head']}>
          <strong>{label}</strong>
          <button
            type="button"
            className={buttons['quiet']}
            aria-label={t.close}
            popoverTarget={id}
            popoverTargetAction="hide"
          >
            <Icon>
              <path d="m5.5 5.5 9 9M14.5 5.5l-9 9" />
            </Icon>
          </button>
        </div>
        {children}
      </dialog>
    </>
  );
};
