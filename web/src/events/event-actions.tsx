import type { Action } from '@hems/shared/queries/action';
import { useDeclineEvent, useJoinEvent } from '@hems/shared/queries/events';
import type { EventActions as Possible, EventView } from '@hems/shared/view/event';
import type { EventWords } from '@hems/shared/view/event-words';
import type { ReactNode } from 'react';
import { Confirm } from '../ui/confirm.tsx';
import styles from './events.module.css';

type Props = {
  readonly event: EventView;
  readonly householdId: string;
  readonly words: EventWords;
  /** may say yes or no for the home */
  readonly mayDecide: boolean;
};

const TONE = { join: 'main', rejoin: 'main', decline: 'button', leave: 'button' } as const;

/** Yes, no, or enough: each says before it is done that it costs nothing. */
export const EventActions = ({ event, householdId, words: { s }, mayDecide }: Props): ReactNode => {
  const join = useJoinEvent(householdId);
  const decline = useDeclineEvent(householdId);
  const { actions, eventId } = event;
  if (actions.length === 0) return null;
  if (!mayDecide) return <p className={styles['sub']}>{s.viewer}</p>;
  const text = { join: s.joinText, rejoin: s.joinText, decline: s.declineText, leave: s.leaveText };
  const actionOf = (one: Possible): Action<string, unknown> => (one === 'join' || one === 'rejoin' ? join : decline);
  return (
    <div className={styles['actions']}>
      {actions.map((one) => (
        <Confirm
          key={one}
          label={s[one]}
          tone={TONE[one]}
          text={text[one]}
          words={s}
          action={actionOf(one)}
          onConfirm={() => actionOf(one).run(eventId)}
        />
      ))}
    </div>
  );
};
