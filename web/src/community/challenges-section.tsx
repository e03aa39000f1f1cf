import { useJoinChallenge, useLeaveChallenge } from '@hems/shared/queries/challenges';
import { isFilled, ready } from '@hems/shared/view/card';
import type { ChallengeCard } from '@hems/shared/view/challenges';
import type { CommunityWords } from '@hems/shared/view/community';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';
import styles from './community.module.css';
import type { CommunityCardProps } from './standing-card.tsx';

type OneProps = {
  readonly challenge: ChallengeCard;
  readonly householdId: string;
  readonly isMember: boolean;
  readonly words: CommunityWords;
};

const Join = ({ challenge: { challengeId }, householdId, words: { s } }: OneProps): ReactNode => {
  const action = useJoinChallenge(householdId);
  return (
    <Confirm
      label={s.joinChallenge}
      tone="main"
      text={s.joinText}
      words={s}
      action={action}
      onConfirm={() => action.run(challengeId)}
    />
  );
};

const Leave = ({ challenge: { challengeId }, householdId, words: { s } }: OneProps): ReactNode => {
  const action = useLeaveChallenge(householdId);
  return (
    <Confirm
      label={s.leaveChallenge}
      tone="button"
      text={s.leaveChallengeText}
      words={s}
      action={action}
      onConfirm={() => action.run(challengeId)}
    />
  );
};

const Step = (props: OneProps): ReactNode => {
  const { challenge, isMember, words } = props;
  if (challenge.action === 'leave') return <Leave {...props} />;
  if (challenge.action === 'none') return null;
  return isMember ? <Join {...props} /> : <p className={styles['sub']}>{words.s.membersOnly}</p>;
};

/** One challenge: when, for what, how far the home is, and how it ended. */
const One = (props: OneProps): ReactNode => {
  const { s } = props.words;
  const { title, phaseText, facts, joined, progressPercent, progress, result } = props.challenge;
  return (
    <Card title={title} card={ready(props.challenge)} className={styles['challenge']} onRetry={() => undefined}>
      {() => (
        <>
          <p>
            <span className={styles['phase']}>{phaseText}</span>
            {joined && <span className={styles['joined']}>{s.joined}</span>}
          </p>
          <ul className={styles['facts']}>
            {facts.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
          {progressPercent !== undefined && (
            <div className={styles['track']} aria-hidden="true">
              <div style={{ width: `${progressPercent}%` }} />
            </div>
          )}
          {progress.map((line) => (
            <p key={line} className={styles['line']}>
              {line}
            </p>
          ))}
          {result !== undefined && <p className={styles['strong']}>{result}</p>}
          <Step {...props} />
        </>
      )}
    </Card>
  );
};

type Props = CommunityCardProps<readonly ChallengeCard[]> & {
  readonly householdId: string;
  readonly isMember: boolean;
};

/** Challenges that are open, running or lately over. */
export const ChallengesSection = ({ card, householdId, isMember, words, onRetry }: Props): ReactNode =>
  isFilled(card) ? (
    <>
      <h2 className={styles['heading']}>{words.s.challenges}</h2>
      {card.content.map((challenge) => (
        <One
          key={`${challenge.challengeId} ${challenge.action}`}
          challenge={challenge}
          householdId={householdId}
          isMember={isMember}
          words={words}
        />
      ))}
    </>
  ) : (
    <Card title={words.s.challenges} card={card} className={styles['challenge']} onRetry={onRetry}>
      {() => null}
    </Card>
  );
