import type { SettingsTexts } from '@hems/shared/i18n/ko/settings';
import { useSignOutEverywhere } from '@hems/shared/queries/account';
import { ready } from '@hems/shared/view/card';
import { useEffect, type ReactNode } from 'react';
import { useAuth } from '../auth/auth-context.ts';
import styles from '../settings/settings.module.css';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';
import form from '../ui/field.module.css';

/** Signing out, here and everywhere. */
export const SessionsCard = ({ s }: { readonly s: SettingsTexts }): ReactNode => {
  const { signOut } = useAuth();
  const everywhere = useSignOutEverywhere();
  const { state } = everywhere;
  useEffect(() => {
    if (state === 'done') void signOut();
  }, [state, signOut]);
  return (
    <Card title={s.accountPage.sessions} card={ready(undefined)} className={styles['group']} onRetry={() => undefined}>
      {() => (
        <div className={form['form']}>
          <div>
            <button type="button" className={buttons['button']} onClick={() => void signOut()}>
              {s.accountPage.signOut}
            </button>
          </div>
          <Confirm
            label={s.accountPage.everywhere}
            tone="button"
            text={s.accountPage.everywhereText}
            words={s}
            action={everywhere}
            onConfirm={() => everywhere.run()}
          />
        </div>
      )}
    </Card>
  );
};
