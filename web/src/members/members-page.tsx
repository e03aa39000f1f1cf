import { settingsTexts } from '@hems/shared/i18n/settings';
import { useMembers } from '@hems/shared/queries/members';
import { behind, isFilled } from '@hems/shared/view/card';
import { membersCard } from '@hems/shared/view/members';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import type { PageProps } from '../settings/pages.ts';
import { SettingsPage } from '../settings/settings-page.tsx';
import styles from '../settings/settings.module.css';
import { Card } from '../ui/card.tsx';
import { InvitationsCard } from './invitations-card.tsx';
import { InviteCard } from './invite-card.tsx';
import { LeaveCard } from './leave-card.tsx';
import { MemberRow } from './member-row.tsx';

/** Who belongs to the home; to an owner also how to change it. */
export const MembersPage = ({ householdId }: PageProps): ReactNode => {
  const words = { t: useMessages(), s: useTexts(settingsTexts) };
  const { members: s } = words.s;
  const members = useMembers(householdId);
  return (
    <SettingsPage householdId={householdId} title={s.title} main={members} beforeProof>
      {({ session, retry }) => {
        const card = membersCard(behind(session, members), words);
        const view = isFilled(card) ? card.content : undefined;
        return (
          <>
            <Card title={s.title} card={card} className={styles['list']} onRetry={retry}>
              {(shown) => (
                <>
                  <ul>
                    {shown.members.map((member) => (
                      <MemberRow key={member.personId} member={member} householdId={householdId} s={words.s} />
                    ))}
                  </ul>
                  {!shown.isOwner && <p className={styles['sub']}>{s.onlyOwners}</p>}
                </>
              )}
            </Card>
            {view?.isOwner && <InviteCard householdId={householdId} s={words.s} />}
            {view?.isOwner && <InvitationsCard invitations={view.invitations} householdId={householdId} s={words.s} />}
            {view?.self && (
              <LeaveCard
                personId={view.self.personId}
                isLastOwner={view.isLastOwner}
                householdId={householdId}
                s={words.s}
              />
            )}
          </>
        );
      }}
    </SettingsPage>
  );
};
