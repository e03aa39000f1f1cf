import { consentsTexts } from '@hems/shared/i18n/consents';
import { useConsents } from '@hems/shared/queries/consents';
import { useSession } from '@hems/shared/queries/session';
import { behind, isFilled } from '@hems/shared/view/card';
import { consentsCard, mayDecide } from '@hems/shared/view/consents';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import type { PageProps } from '../settings/pages.ts';
import { SettingsPage } from '../settings/settings-page.tsx';
import grid from '../settings/settings.module.css';
import { Card } from '../ui/card.tsx';
import { ConsentCard } from './consent-card.tsx';

/** What the home has agreed to, each purpose by itself. */
export const ConsentsPage = ({ householdId }: PageProps): ReactNode => {
  const words = { t: useMessages(), s: useTexts(consentsTexts) };
  const { s } = words;
  const consents = useConsents(householdId);
  const role = useSession().data?.households.find((one) => one.householdId === householdId)?.role;
  return (
    <SettingsPage householdId={householdId} title={s.title} main={consents} beforeProof>
      {({ session, retry }) => {
        const card = consentsCard(behind(session, consents), words);
        if (!isFilled(card))
          return (
            <Card title={s.title} card={card} className={grid['list']} onRetry={retry}>
              {() => null}
            </Card>
          );
        return (
          <>
            <p className={grid['sentence']}>{s.lead}</p>
            {!mayDecide(role) && <p className={grid['sub']}>{s.viewer}</p>}
            {card.content.map((consent) => (
              <ConsentCard
                key={consent.purpose}
                consent={consent}
                householdId={householdId}
                mayDecide={mayDecide(role)}
                s={s}
              />
            ))}
            <p className={grid['sub']}>{s.needed}</p>
          </>
        );
      }}
    </SettingsPage>
  );
};
