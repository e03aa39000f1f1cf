import { settingsTexts } from '@hems/shared/i18n/settings';
import { useSession } from '@hems/shared/queries/session';
import { ready } from '@hems/shared/view/card';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { HouseholdScreen } from '../household/household-screen.tsx';
import { useTexts } from '../preferences/preferences.tsx';
import { Card } from '../ui/card.tsx';
import { PAGE_NAMES, type PageProps } from './pages.ts';
import { SettingName } from './setting-name.tsx';
import styles from './settings.module.css';

/** What can be set, of this home and of the person. It shows nothing of the home, so it is open before residence is proved. */
export const SettingsList = ({ householdId }: PageProps): ReactNode => {
  const s = useTexts(settingsTexts);
  const session = useSession();
  const isDemo = session.data?.households.find((one) => one.householdId === householdId)?.origin !== undefined;
  return (
    <HouseholdScreen
      householdId={householdId}
      title={s.title}
      screen="/households/$householdId/settings/{-$page}"
      main={session}
      beforeProof
    >
      {() => (
        <div className={`${styles['grid']} ${styles['columns']}`}>
          <Card title={s.home} card={ready(undefined)} className={styles['group']} onRetry={() => undefined}>
            {() => (
              <nav aria-label={s.home}>
                {!isDemo && (
                  <Link to="/households/$householdId/onboarding" params={{ householdId }} className={styles['link']}>
                    <SettingName {...s.onboarding} />
                  </Link>
                )}
                {PAGE_NAMES.map((page) => (
                  <Link
                    key={page}
                    to="/households/$householdId/settings/{-$page}"
                    params={{ householdId, page }}
                    className={styles['link']}
                  >
                    <SettingName {...s.pages[page]} />
                  </Link>
                ))}
              </nav>
            )}
          </Card>
          <Card title={s.me} card={ready(undefined)} className={styles['group']} onRetry={() => undefined}>
            {() => (
              <nav aria-label={s.me}>
                <Link to="/$page" params={{ page: 'account' }} className={styles['link']}>
                  <SettingName {...s.account} />
                </Link>
                <Link to="/$page" params={{ page: 'inbox' }} className={styles['link']}>
                  <SettingName {...s.inbox} />
                </Link>
                <Link to="/$page" params={{ page: 'join' }} className={styles['link']}>
                  <SettingName {...s.another} />
                </Link>
              </nav>
            )}
          </Card>
        </div>
      )}
    </HouseholdScreen>
  );
};
