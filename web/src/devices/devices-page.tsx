import { homeTexts } from '@hems/shared/i18n/home';
import { onboardingTexts } from '@hems/shared/i18n/onboarding';
import { settingsTexts } from '@hems/shared/i18n/settings';
import { useEquipment } from '@hems/shared/queries/equipment';
import { useSession } from '@hems/shared/queries/session';
import { behind, isFilled, ready } from '@hems/shared/view/card';
import { equipmentCard, mayChangeMeters, mayManageDevices } from '@hems/shared/view/equipment';
import { useCallback, useState, type ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import type { PageProps } from '../settings/pages.ts';
import { SettingsPage } from '../settings/settings-page.tsx';
import styles from '../settings/settings.module.css';
import { Card } from '../ui/card.tsx';
import { useMinute } from '../ui/use-minute.ts';
import { ClaimForm } from './claim-form.tsx';
import { GatewayCard } from './gateway-card.tsx';

/** Gateways, how they are connected, and the devices behind each. */
export const DevicesPage = ({ householdId }: PageProps): ReactNode => {
  const words = { t: useMessages(), s: useTexts(settingsTexts), home: useTexts(homeTexts) };
  const { devices: s } = words.s;
  const { device: claim } = useTexts(onboardingTexts);
  const equipment = useEquipment(householdId);
  const role = useSession().data?.households.find((one) => one.householdId === householdId)?.role;
  const nowMs = useMinute();
  const [added, setAdded] = useState(0);
  const onClaimed = useCallback(() => setAdded((count) => count + 1), []);
  const mayManage = mayManageDevices(role);
  return (
    <SettingsPage householdId={householdId} title={s.title} main={equipment}>
      {({ session, retry }) => {
        const card = equipmentCard(behind(session, equipment), nowMs, words);
        return (
          <>
            {isFilled(card) ? (
              <>
                {card.state === 'partial' && <p className={styles['warning']}>{card.note}</p>}
                {card.content.map((gateway) => (
                  <GatewayCard
                    key={gateway.gateway}
                    gateway={gateway}
                    householdId={householdId}
                    mayManage={mayManage}
                    mayChangeMeters={mayChangeMeters(role)}
                    s={words.s}
                  />
                ))}
              </>
            ) : (
              <Card title={s.title} card={card} className={styles['list']} onRetry={retry}>
                {() => null}
              </Card>
            )}
            {mayManage && (
              <Card title={s.add} card={ready(undefined)} className={styles['group']} onRetry={() => undefined}>
                {() => (
                  <>
                    {added > 0 && <output className={styles['sentence']}>{s.added}</output>}
                    {/* Another gateway has another code. */}
                    <ClaimForm key={added} householdId={householdId} s={claim} onClaimed={onClaimed} />
                  </>
                )}
              </Card>
            )}
          </>
        );
      }}
    </SettingsPage>
  );
};
