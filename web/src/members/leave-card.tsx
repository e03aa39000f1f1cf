import type { SettingsTexts } from '@hems/shared/i18n/ko/settings';
import { useLeaveHousehold } from '@hems/shared/queries/members';
import { ready } from '@hems/shared/view/card';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import styles from '../settings/settings.module.css';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';

type Props = {
  readonly personId: string;
  readonly isLastOwner: boolean;
  readonly householdId: string;
  readonly s: SettingsTexts;
};

/** The way out; a last owner is told what comes first. */
export const LeaveCard = ({ personId, isLastOwner, householdId, s }: Props): ReactNode => {
  const { members: m } = s;
  const navigate = useNavigate();
  const client = useQueryClient();
  const action = useLeaveHousehold(householdId);
  const { state } = action;
  useEffect(() => {
    if (state !== 'done') return;
    client.removeQueries();
    void navigate({ to: '/', replace: true });
  }, [state, client, navigate]);
  return (
    <Card title={m.leaving} card={ready(undefined)} className={styles['group']} onRetry={() => undefined}>
      {() =>
        isLastOwner ? (
          <>
            <p className={styles['sentence']}>{m.lastOwner}</p>
            <p className={styles['sub']}>{m.handOver}</p>
          </>
        ) : (
          <Confirm
            label={m.leave}
            tone="button"
            text={m.leaveText}
            words={s}
            action={action}
            onConfirm={() => action.run(personId)}
          />
        )
      }
    </Card>
  );
};
