import { consentsTexts } from '@hems/shared/i18n/consents';
import { rewardsTexts } from '@hems/shared/i18n/rewards';
import { useAccessLog } from '@hems/shared/queries/access';
import { accessCard } from '@hems/shared/view/access';
import { behind } from '@hems/shared/view/card';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import type { PageProps } from '../settings/pages.ts';
import { SettingsPage } from '../settings/settings-page.tsx';
import grid from '../settings/settings.module.css';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';

/** Who of the staff and of partners looked at the home, at what, when and why. */
export const AccessPage = ({ householdId }: PageProps): ReactNode => {
  const words = { t: useMessages(), s: useTexts(consentsTexts), rewards: useTexts(rewardsTexts) };
  const { access: s } = words.s;
  const { pages, more } = useAccessLog(householdId);
  return (
    <SettingsPage householdId={householdId} title={s.title} main={pages} beforeProof>
      {({ session, retry }) => (
        <Card title={s.title} card={accessCard(behind(session, pages), words)} className={grid['list']} onRetry={retry}>
          {(entries) => (
            <>
              <p className={grid['sub']}>{s.lead}</p>
              <ul>
                {entries.map(({ seq, who, what, when, why }) => (
                  <li key={seq} className={grid['row']}>
                    <div>
                      <p className={grid['name']}>{what}</p>
                      <p className={grid['sentence']}>
                        <bdi>{why}</bdi>
                      </p>
                    </div>
                    <p className={grid['sub']}>
                      {when} · {who}
                    </p>
                  </li>
                ))}
              </ul>
              {more && (
                <button type="button" className={`${buttons['button']} ${grid['start']}`} onClick={more}>
                  {s.more}
                </button>
              )}
            </>
          )}
        </Card>
      )}
    </SettingsPage>
  );
};
