import type { PrivacyTexts } from '@hems/shared/i18n/ko/privacy';
import { useState, type ReactNode } from 'react';
import grid from '../settings/settings.module.css';
import buttons from '../ui/button.module.css';
import form from '../ui/field.module.css';
import styles from './erasures.module.css';

/** Where the receipt is to be had from now on, to be kept by whoever wants to see it again. */
export const Address = ({ s }: { readonly s: PrivacyTexts['receipt'] }): ReactNode => {
  const [copied, setCopied] = useState(false);
  const address = `${location.origin}${location.pathname}`;
  return (
    <div className={grid['once']}>
      <p className={grid['name']}>{s.keep}</p>
      <p>{s.keepText}</p>
      <p className={grid['token']} aria-label={s.address}>
        {address}
      </p>
      <div className={`${form['buttons']} ${styles['noPrint']}`}>
        <button
          type="button"
          className={buttons['button']}
          onClick={() => {
            navigator.clipboard.writeText(address).then(
              () => setCopied(true),
              // Without permission the address can still be selected by hand.
              () => undefined,
            );
          }}
        >
          {copied ? s.copied : s.copy}
        </button>
        <button type="button" className={buttons['button']} onClick={() => print()}>
          {s.print}
        </button>
      </div>
    </div>
  );
};
