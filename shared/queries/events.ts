import { useQuery } from '@tanstack/react-query';
import type { AutoJoinRule } from '@hems/models/incentive/auto-join';
import {
  declineEvent,
  joinEvent,
  readHouseholdEvent,
  readHouseholdEvents,
  setEventRule,
  type EventDetail,
  type HouseholdEvent,
  type HouseholdEvents,
} from '../api/events.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

/** A result is there within minutes, and while an event runs there is a new quarter hour every fifteen. */
const POLL_MS = 60_000;

/** The events that call the home, latest first, and its rule for joining. */
export const useHouseholdEvents = (householdId: string): Loaded<HouseholdEvents> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['events', householdId],
    queryFn: async ({ signal }) => call(readHouseholdEvents, { params: { householdId } }, signal),
    ...polled(POLL_MS),
  });
  return useLoaded(result);
};

export const useHouseholdEvent = (householdId: string, eventId: string): Loaded<EventDetail> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['events', householdId, eventId],
    queryFn: async ({ signal }) => call(readHouseholdEvent, { params: { householdId, eventId } }, signal),
    ...polled(POLL_MS),
  });
  return useLoaded(result);
};

const CHANGES = ['events'];

export const useJoinEvent = (householdId: string): Action<string, HouseholdEvent> => {
  const call = useCall();
  return useAction({
    act: async (eventId: string) => call(joinEvent, { params: { householdId, eventId } }),
    changes: CHANGES,
  });
};

export const useDeclineEvent = (householdId: string): Action<string, HouseholdEvent> => {
  const call = useCall();
  return useAction({
    act: async (eventId: string) => call(declineEvent, { params: { householdId, eventId } }),
    changes: CHANGES,
  });
};

export const useSetEventRule = (householdId: string): Action<AutoJoinRule, HouseholdEvents> => {
  const call = useCall();
  return useAction({
    act: async (body: AutoJoinRule) => call(setEventRule, { params: { householdId }, body }),
    changes: CHANGES,
  });
};
