import { privacyTexts } from '@hems/shared/i18n/privacy';
import { useEraseHousehold } from '@hems/shared/queries/erasures';
import { useSession } from '@hems/shared/queries/session';
import { cardOf, ready } from '@hems/shared/view/card';
import { mayErase } from '@hems/shared/view/erase';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';
import { forgetDashboard } from '../offline/kept.ts';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import type { PageProps } from '../settings/pages.ts';
import { SettingsPage } from '../settings/settings-page.tsx';
import grid from '../settings/settings.module.css';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { EraseForm } from './erase-form.tsx';
import styles from './erasures.module.css';
import { WhatGoes } from './what-goes.tsx';

const PAGE = '/households/$householdId/settings/{-$page}';

const Erase = ({ householdId, name }: PageProps & { readonly name: string }): ReactNode => {
  const { erase: s } = useTexts(privacyTexts);
  const navigate = useNavigate();
  const client = useQueryClient();
  const action = useEraseHousehold(householdId);
  const begun = useCallback(
    (erasureId: string): void => {
      forgetDashboard();
      const receipt = { page: 'erasures', part: erasureId };
      void navigate({ to: '/$page/$part', params: receipt, replace: true }).then(() => client.clear());
    },
    [navigate, client],
  );
  return (
    <>
      <div className={styles['first']}>
        <p className={grid['sentence']}>{s.home.exportFirst}</p>
        <Link to={PAGE} params={{ householdId, page: 'exports' }} className={buttons['button']}>
          {s.home.toExport}
        </Link>
      </div>
      <EraseForm label={s.home.ask} action={action} s={s} homes={[{ householdId, name }]} onBegun={begun} />
    </>
  );
};

/** The end of a home: what goes, what remains, and an owner's word for it. */
export const EraseHouseholdPage = ({ householdId }: PageProps): ReactNode => {
  const { erase: s } = useTexts(privacyTexts);
  const t = useMessages();
  const session = useSession();
  const own = cardOf(session, t, ({ households }) =>
    ready(households.find((household) => household.householdId === householdId)),
  );
  return (
    <SettingsPage householdId={householdId} title={s.home.title} main={session} beforeProof>
      {({ retry }) => (
        <>
          <WhatGoes of={s.home} s={s} />
          <Card title={s.home.ask} card={own} className={grid['list']} onRetry={retry}>
            {(home) =>
              mayErase(home?.role) ? (
                <Erase householdId={householdId} name={home?.name ?? ''} />
              ) : (
                <div className={styles['first']}>
                  <p className={grid['sentence']}>{s.home.role}</p>
                  <Link to={PAGE} params={{ householdId, page: 'members' }} className={buttons['button']}>
                    {s.home.toMembers}
                  </Link>
                </div>
              )
            }
          </Card>
        </>
      )}
    </SettingsPage>
  );
};
