import { useJoinChallenge, useLeaveChallenge } from '@hems/shared/queries/challenges';
import { isFilled, ready } from '@hems/shared/view/card';
import type { ChallengeCard } from '@hems/shared/view/challenges';
import type { CommunityWords } from '@hems/shared/view/community';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { NextStep } from '../ui/next-step.tsx';
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
  if (challenge.action === 'none')
    return challenge.whyNot !== undefined && <p className={styles['sub']}>{challenge.whyNot}</p>;
  return isMember ? <Join {...props} /> : <p className={styles['sub']}>{words.s.membersOnly}</p>;
};

const Progress = ({ challenge: { progressPercent, progress } }: Pick<OneProps, 'challenge'>): ReactNode => (
  <>
    {progressPercent !== undefined && (
      <div className={styles['track']} aria-hidden="true">
        <div style={{ width: `${progressPercent}%` }} />
      </div>
    )}
    {progress.map((line, index) => (
      <p key={line} className={index === 0 ? styles['strong'] : styles['sub']}>
        {line}
      </p>
    ))}
  </>
);

/** One challenge: when, for what, how far the home is, and how it ended. */
const One = (props: OneProps): ReactNode => {
  const { title, phase, phaseText, left, joinedText, goal, facts, result } = props.challenge;
  const chips = [
    { text: phaseText, look: styles['phase'] },
    { text: joinedText, look: styles['joined'] },
    { text: left, look: phase === 'running' ? styles['left'] : styles['phase'] },
  ];
  return (
    <Card title={title} card={ready(props.challenge)} className={styles['challenge']} onRetry={() => undefined}>
      {() => (
        <>
          <p className={styles['chips']}>
            {chips.map(
              ({ text, look }) =>
                text !== undefined && (
                  <span key={text} className={look}>
                    {text}
                  </span>
                ),
            )}
          </p>
          <p className={styles['goal']}>{goal}</p>
          <p className={styles['sub']}>{facts.join(' · ')}</p>
          <Progress challenge={props.challenge} />
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

type NothingProps = CommunityCardProps<readonly ChallengeCard[]> & Pick<Props, 'householdId'>;

const Nothing = ({ card, householdId, words: { s }, onRetry }: NothingProps): ReactNode => {
  const bare = (
    <Card title={s.challenges} card={card} className={styles['challenge']} onRetry={onRetry}>
      {() => null}
    </Card>
  );
  if (card.state !== 'empty') return bare;
  return (
    <NextStep card={bare}>
      <Link to="/households/$householdId/rewards/programmes" params={{ householdId }} className={buttons['button']}>
        {s.toProgrammes}
      </Link>
    </NextStep>
  );
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
    <Nothing card={card} householdId={householdId} words={words} onRetry={onRetry} />
  );
