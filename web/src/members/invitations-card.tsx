import type { SettingsTexts } from '@hems/shared/i18n/ko/settings';
import { useWithdrawInvitation } from '@hems/shared/queries/members';
import { ready } from '@hems/shared/view/card';
import type { InvitationView } from '@hems/shared/view/members';
import type { ReactNode } from 'react';
import styles from '../settings/settings.module.css';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';

type RowProps = { readonly invitation: InvitationView; readonly householdId: string; readonly s: SettingsTexts };

const Row = ({ invitation, householdId, s }: RowProps): ReactNode => {
  const action = useWithdrawInvitation(householdId);
  return (
    <li className={styles['row']}>
      <div>
        <p className={styles['name']}>{invitation.email}</p>
        <p className={styles['sub']}>{invitation.about}</p>
      </div>
      <div>
        <Confirm
          label={s.members.withdraw}
          tone="button"
          text={s.members.withdrawText}
          words={s}
          action={action}
          onConfirm={() => action.run(invitation.invitationId)}
        />
      </div>
    </li>
  );
};

type Props = {
  readonly invitations: readonly InvitationView[];
  readonly householdId: string;
  readonly s: SettingsTexts;
};

/** Invitations nobody has accepted yet. */
export const InvitationsCard = ({ invitations, householdId, s }: Props): ReactNode => (
  <Card title={s.members.invitations} card={ready(invitations)} className={styles['group']} onRetry={() => undefined}>
    {(open) =>
      open.length === 0 ? (
        <p className={styles['sub']}>{s.members.noInvitations}</p>
      ) : (
        <ul>
          {open.map((invitation) => (
            <Row key={invitation.invitationId} invitation={invitation} householdId={householdId} s={s} />
          ))}
        </ul>
      )
    }
  </Card>
);
