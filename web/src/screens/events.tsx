import { useHouseholdEvent, useHouseholdEvents } from '@hems/shared/queries/events';
import { useSession } from '@hems/shared/queries/session';
import { behind } from '@hems/shared/view/card';
import { mayDecide } from '@hems/shared/view/consents';
import { eventCard, timelineOf } from '@hems/shared/view/event';
import { eventsCard } from '@hems/shared/view/events';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EventCard } from '../events/event-card.tsx';
import { EventsCard } from '../events/events-card.tsx';
import styles from '../events/events.module.css';
import { RuleCard } from '../events/rule-card.tsx';
import { TimelineCard } from '../events/timeline-card.tsx';
import { useEventWords } from '../events/words.ts';
import { HouseholdScreen } from '../household/household-screen.tsx';
import { RewardsTabs } from '../rewards/rewards-tabs.tsx';
import buttons from '../ui/button.module.css';
import { useMinute } from '../ui/use-minute.ts';

const ROUTE = '/households/$householdId/rewards/events/{-$eventId}';

type Props = { readonly householdId: string };

const useRole = (householdId: string) =>
  useSession().data?.households.find((one) => one.householdId === householdId)?.role;

/** The events that call the home, and the rule by which it joins them. */
const List = ({ householdId }: Props): ReactNode => {
  const words = useEventWords();
  const nowMs = useMinute();
  const events = useHouseholdEvents(householdId);
  const decides = mayDecide(useRole(householdId));
  return (
    <HouseholdScreen householdId={householdId} title={words.rewards.title} screen={ROUTE} main={events}>
      {({ session, retry }) => {
        const shown = behind(session, events);
        return (
          <>
            <RewardsTabs householdId={householdId} s={words.rewards} />
            <div className={styles['grid']}>
              <EventsCard
                card={eventsCard(shown, nowMs, words)}
                householdId={householdId}
                words={words}
                onRetry={retry}
              />
              {shown.data && (
                <RuleCard rule={shown.data.rule} householdId={householdId} words={words} mayDecide={decides} />
              )}
            </div>
          </>
        );
      }}
    </HouseholdScreen>
  );
};

/** One event, from its invitation to its result. */
const One = ({ householdId, eventId }: Props & { readonly eventId: string }): ReactNode => {
  const words = useEventWords();
  const nowMs = useMinute();
  const event = useHouseholdEvent(householdId, eventId);
  const decides = mayDecide(useRole(householdId));
  return (
    <HouseholdScreen householdId={householdId} title={words.rewards.title} screen={ROUTE} main={event}>
      {({ session, retry }) => {
        const shown = behind(session, event);
        return (
          <>
            <RewardsTabs householdId={householdId} s={words.rewards} />
            <div className={styles['grid']}>
              <Link to={ROUTE} params={{ householdId }} className={`${buttons['button']} ${styles['back']}`}>
                {words.s.back}
              </Link>
              <EventCard
                card={eventCard(shown, nowMs, words)}
                householdId={householdId}
                words={words}
                mayDecide={decides}
                onRetry={retry}
              />
              {shown.data && <TimelineCard steps={timelineOf(shown.data, nowMs, words)} words={words} />}
            </div>
          </>
        );
      }}
    </HouseholdScreen>
  );
};

export const Events = (): ReactNode => {
  const { householdId, eventId } = useParams({ from: ROUTE });
  return eventId === undefined ? (
    <List householdId={householdId} />
  ) : (
    <One key={eventId} householdId={householdId} eventId={eventId} />
  );
};
