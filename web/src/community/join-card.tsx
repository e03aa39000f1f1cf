import { COMMUNITY_TEXT_VERSION } from '@hems/shared/api/community';
import { useJoinCommunity } from '@hems/shared/queries/community';
import type { MemberView } from '@hems/shared/view/community';
import { useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Failure } from '../ui/confirm.tsx';
import { Tick } from '../ui/field.tsx';
import styles from './community.module.css';
import type { CommunityCardProps } from './standing-card.tsx';

type Props = CommunityCardProps<MemberView> & { readonly householdId: string };

/** What joining means, word by word; nothing is joined before the resident has agreed to it. */
export const JoinCard = ({ card, householdId, words: { s }, onRetry }: Props): ReactNode => {
  const [agreed, setAgreed] = useState(false);
  const [asked, setAsked] = useState(false);
  const { run, state, error } = useJoinCommunity(householdId);
  const join = (): void => {
    setAsked(true);
    if (agreed && state !== 'busy') run();
  };
  return (
    <Card title={s.consentTitle} card={card} className={styles['join']} onRetry={onRetry}>
      {() => (
        <>
          <p>{s.consentLead}</p>
          <ul className={styles['consent']}>
            {s.consent.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p className={styles['sub']}>{s.consentVersion(COMMUNITY_TEXT_VERSION)}</p>
          <Tick label={s.agree} checked={agreed} onToggle={() => setAgreed(!agreed)} />
          {asked && !agreed && (
            <p role="alert" className={styles['wrong']}>
              {s.agreeFirst}
            </p>
          )}
          {state === 'failed' && <Failure title={s.failed} error={error} />}
          <button
            type="button"
            className={`${buttons['main']} ${styles['start']}`}
            aria-disabled={state === 'busy'}
            onClick={join}
          >
            {state === 'busy' ? s.joining : s.join}
          </button>
        </>
      )}
    </Card>
  );
};
