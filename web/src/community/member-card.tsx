import { useLeaveCommunity } from '@hems/shared/queries/community';
import type { MemberView } from '@hems/shared/view/community';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';
import styles from './community.module.css';
import type { CommunityCardProps } from './standing-card.tsx';

type Props = CommunityCardProps<MemberView> & { readonly householdId: string };

/** By which name the others see the home, and the way out. */
export const MemberCard = ({ card, householdId, words: { s }, onRetry }: Props): ReactNode => {
  const action = useLeaveCommunity(householdId);
  return (
    <Card title={s.membership} card={card} className={styles['member']} onRetry={onRetry}>
      {({ you, since }) => (
        <>
          <p className={styles['strong']}>{you}</p>
          <p className={styles['sub']}>{since}</p>
          <Confirm
            label={s.leave}
            tone="button"
            text={s.leaveText}
            words={s}
            action={action}
            onConfirm={() => action.run()}
          />
        </>
      )}
    </Card>
  );
};
