import type { Account } from '@hems/shared/api/account';
import { errorsTexts } from '@hems/shared/i18n/errors';
import { settingsTexts } from '@hems/shared/i18n/settings';
import { useAccount } from '@hems/shared/queries/account';
import { cardOf, ready } from '@hems/shared/view/card';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NameForm } from '../account/name-form.tsx';
import { SessionsCard } from '../account/sessions-card.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import styles from '../settings/settings.module.css';
import join from '../join/join.module.css';
import { Card } from '../ui/card.tsx';
import { NextIcon } from '../ui/arrow-icons.tsx';

const Who = ({ account }: { readonly account: Account }): ReactNode => {
  const { accountPage: s } = useTexts(settingsTexts);
  return (
    <>
      <div>
        <p className={styles['sub']}>{s.email}</p>
        <p className={styles['name']}>{account.email}</p>
      </div>
      {!account.emailVerified && <p className={styles['warning']}>{s.unverified}</p>}
      <NameForm account={account} />
    </>
  );
};

/** The person, whatever homes they belong to. */
export const AccountPage = (): ReactNode => {
  const s = useTexts(settingsTexts);
  useTexts(errorsTexts);
  const t = useMessages();
  const client = useQueryClient();
  const account = useAccount();
  return (
    <div className={`${join['join']} ${styles['grid']}`}>
      <h1>{s.accountPage.title}</h1>
      <Card
        title={s.accountPage.who}
        card={cardOf(account, t, ready)}
        className={styles['who']}
        onRetry={() => void client.refetchQueries({ type: 'active' })}
      >
        {(known) => <Who account={known} />}
      </Card>
      <SessionsCard s={s} />
      <Card title={s.home} card={ready(undefined)} className={styles['group']} onRetry={() => undefined}>
        {() => (
          <Link to="/$page" params={{ page: 'join' }} className={styles['link']}>
            <span>
              <strong>{s.another.title}</strong>
              <small>{s.another.text}</small>
            </span>
            <NextIcon />
          </Link>
        )}
      </Card>
      <Card title={s.eraseAccount.title} card={ready(undefined)} className={styles['group']} onRetry={() => undefined}>
        {() => (
          <Link to="/$page" params={{ page: 'erase-account' }} className={styles['link']}>
            <span>
              <strong>{s.eraseAccount.title}</strong>
              <small>{s.eraseAccount.text}</small>
            </span>
            <NextIcon />
          </Link>
        )}
      </Card>
    </div>
  );
};
