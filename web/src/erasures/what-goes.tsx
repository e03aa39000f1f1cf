import type { PrivacyTexts } from '@hems/shared/i18n/ko/privacy';
import { ready } from '@hems/shared/view/card';
import type { ReactNode } from 'react';
import grid from '../settings/settings.module.css';
import { Card } from '../ui/card.tsx';
import styles from './erasures.module.css';

const Points = ({ texts }: { readonly texts: readonly string[] }): ReactNode => (
  <ul className={styles['points']}>
    {texts.map((text) => (
      <li key={text}>{text}</li>
    ))}
  </ul>
);

type Props = {
  readonly of: {
    readonly what: string;
    readonly goes: readonly string[];
    readonly after: string;
    readonly happens: readonly string[];
  };
  readonly s: PrivacyTexts['erase'];
};

/** What goes, what happens, and what remains until when: read before anything is typed. */
export const WhatGoes = ({ of, s }: Props): ReactNode => (
  <>
    <Card title={of.what} card={ready(undefined)} className={grid['group']} onRetry={() => undefined}>
      {() => <Points texts={of.goes} />}
    </Card>
    <Card title={of.after} card={ready(undefined)} className={grid['group']} onRetry={() => undefined}>
      {() => <Points texts={of.happens} />}
    </Card>
    <Card title={s.remains} card={ready(undefined)} className={grid['group']} onRetry={() => undefined}>
      {() => (
        <>
          <Points texts={s.remaining} />
          <p className={grid['sub']}>{s.payout}</p>
        </>
      )}
    </Card>
  </>
);
