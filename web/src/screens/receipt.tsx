import type { PrivacyTexts } from '@hems/shared/i18n/ko/privacy';
import { privacyTexts } from '@hems/shared/i18n/privacy';
import { useErasure } from '@hems/shared/queries/erasures';
import { bannerOf } from '@hems/shared/view/household';
import { receiptCard, type LineView } from '@hems/shared/view/receipt';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Address } from '../erasures/address.tsx';
import { Balance } from '../erasures/balance.tsx';
import styles from '../erasures/erasures.module.css';
import head from '../household/head.module.css';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import grid from '../settings/settings.module.css';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';

type LinesProps = { readonly lines: readonly LineView[]; readonly s: PrivacyTexts['receipt'] };

const Lines = ({ lines, s }: LinesProps): ReactNode => (
  <div className={styles['table']}>
    <h3>{s.lines}</h3>
    {lines.length === 0 ? (
      <p className={grid['sub']}>{s.none}</p>
    ) : (
      <ul className={styles['lines']}>
        {lines.map(({ key, store, outcome, remains, isKept }) => (
          <li key={key}>
            <span>{store}</span>
            <span className={`${styles['outcome']} ${isKept ? styles['kept'] : ''}`}>{outcome}</span>
            {remains !== undefined && <small>{remains}</small>}
          </li>
        ))}
      </ul>
    )}
  </div>
);

/** The receipt of an erasure for whoever has its address, signed in or not. */
export const ReceiptPage = (): ReactNode => {
  const words = { t: useMessages(), s: useTexts(privacyTexts) };
  const { receipt: s } = words.s;
  const { part: erasureId } = useParams({ from: '/$page/$part' });
  const client = useQueryClient();
  const erasure = useErasure(erasureId);
  const banner = bannerOf(erasure, words.t);
  return (
    <div className={`${grid['grid']} ${grid['person']} ${grid['middle']}`}>
      <h1>{s.title}</h1>
      {banner !== undefined && <output className={head['banner']}>{banner}</output>}
      <Card
        title={s.result}
        card={receiptCard(erasure, words)}
        className={styles['receipt']}
        onRetry={() => void client.refetchQueries({ type: 'active' })}
      >
        {({ state, stateText, about, balance, facts, lines }) => (
          <>
            <div>
              <output className={styles['state']} data-erasure={state}>
                {stateText}
              </output>
              <p className={grid['sub']}>{about}</p>
            </div>
            {balance && <Balance erasureId={erasureId} balance={balance} s={s.balance} />}
            <Address s={s} />
            <dl className={styles['facts']}>
              {facts.map(({ name, value }) => (
                <div key={name} className={styles['fact']}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            <Lines lines={lines} s={s} />
          </>
        )}
      </Card>
      <Link to="/" className={`${buttons['quiet']} ${grid['left']} ${styles['noPrint']}`}>
        {s.home}
      </Link>
    </div>
  );
};
