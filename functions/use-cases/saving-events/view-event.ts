import type { EventStep, HouseholdEvent } from '@hems/shared/api/events';
import { endsMsOf, startsMsOf, stateOf, takesPart, takesPartOf } from '@hems/models/incentive/participation';
import type { Table } from '../../ports/table.ts';
import { readConfirmation } from '../stores/confirmations.ts';
import { isTakenPartIn, type HomeEvent } from './home-events.ts';

type Step = EventStep['step'];
const step = (name: Step, atMs: number | null | undefined): EventStep[] =>
  typeof atMs === 'number' ? [{ step: name, atMs }] : [];

/** What we owe is the home's when it is settled; what others owe, when they say that they have paid it. */
const paidMsOf = async (table: Table, householdId: string, called: HomeEvent): Promise<number | undefined> => {
  const { programme, own, event } = called;
  if (own.final?.status !== 'known' || own.final.amount === 0) return undefined;
  if (programme.payer === 'us') return own.final.atMs;
  const of = { householdId, programme: programme.id, period: event.eventId };
  return (await readConfirmation(table, of))?.confirmation.recordedMs;
};

const timelineOf = (
  called: HomeEvent,
  { nowMs, paidMs }: { readonly nowMs: number; readonly paidMs: number | undefined },
): EventStep[] => {
  const { event, own } = called;
  const [startsMs, endsMs] = [startsMsOf(event), endsMsOf(event)];
  const state = stateOf(event, own);
  const hasBegun = nowMs >= startsMs && (takesPart(event, own) || state === 'left');
  const steps = [
    ...step('invited', own.invitedMs),
    ...(own.joined ? [{ step: 'joined' as const, ...own.joined }] : []),
    ...step(state === 'left' ? 'left' : 'declined', own.declinedMs),
    ...step('started', hasBegun ? startsMs : undefined),
    ...step('ended', nowMs >= endsMs && isTakenPartIn(called) ? endsMs : undefined),
    ...step('provisional', own.provisional?.atMs),
    ...step('final', own.final?.atMs),
    ...step('paid', paidMs),
  ];
  return steps.toSorted((a, b) => a.atMs - b.atMs);
};

/** An event as the household is shown it. */
export const viewEvent = async (
  { table, nowMs }: { readonly table: Table; readonly nowMs: number },
  householdId: string,
  called: HomeEvent,
): Promise<HouseholdEvent> => {
  const { event, own, programme } = called;
  const paidMs = await paidMsOf(table, householdId, called);
  return {
    ...event,
    startsMs: startsMsOf(event),
    endsMs: endsMsOf(event),
    unit: programme.unit,
    payer: programme.payer,
    takesPart: takesPartOf(event) ?? 'joined',
    state: stateOf(event, own),
    refusedByRule: own.refusedByRule,
    provisional: own.provisional,
    final: own.final,
    timeline: timelineOf(called, { nowMs, paidMs }),
  };
};
