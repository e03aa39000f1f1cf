import type { Account } from '@hems/shared/api/account';
import { displayTexts } from '@hems/shared/i18n/display';
import { errorsTexts } from '@hems/shared/i18n/errors';
import { settingsTexts } from '@hems/shared/i18n/settings';
import { useAccount } from '@hems/shared/queries/account';
import { cardOf, ready } from '@hems/shared/view/card';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NameForm } from '../account/name-form.tsx';
import { SessionsCard } from '../account/sessions-card.tsx';
import choices from '../preferences/display-choices.module.css';
import { AppearanceChoice } from '../preferences/display-choices.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { SettingName } from '../settings/setting-name.tsx';
import styles from '../settings/settings.module.css';
import { Card } from '../ui/card.tsx';

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
  const display = useTexts(displayTexts);
  useTexts(errorsTexts);
  const t = useMessages();
  const client = useQueryClient();
  const account = useAccount();
  return (
    <div className={`${styles['grid']} ${styles['columns']} ${styles['person']}`}>
      <h1>{s.accountPage.title}</h1>
      <Card
        title={s.accountPage.who}
        card={cardOf(account, t, ready)}
        className={styles['who']}
        onRetry={() => void client.refetchQueries({ type: 'active' })}
      >
        {(known) => <Who account={known} />}
      </Card>
      <Card title={display.title} card={ready(undefined)} className={choices['choices']} onRetry={() => undefined}>
        {() => <AppearanceChoice />}
      </Card>
      <SessionsCard s={s} />
      <Card title={s.accountPage.more} card={ready(undefined)} className={styles['group']} onRetry={() => undefined}>
        {() => (
          <nav aria-label={s.accountPage.more}>
            <Link to="/$page" params={{ page: 'join' }} className={styles['link']}>
              <SettingName {...s.another} />
            </Link>
            <Link to="/$page" params={{ page: 'erase-account' }} className={styles['link']}>
              <SettingName {...s.eraseAccount} />
            </Link>
          </nav>
        )}
      </Card>
    </div>
  );
};
