import type { HouseholdEvent, HouseholdEvents } from '../api/events.ts';
import { amountText } from '../format/money.ts';
import { cardOf, empty, ready, type Card, type Loaded } from './card.ts';
import { phaseOf, whenText, type EventPhase, type EventWords } from './event-words.ts';
import { wordOf } from './word.ts';

export type EventRow = {
  readonly eventId: string;
  readonly when: string;
  readonly programme: string;
  readonly phase: EventPhase;
  readonly state: string;
  /** waits for somebody to say yes or no */
  readonly isAsking: boolean;
  /** what it may earn, or earned */
  readonly reward: string | undefined;
};
export type EventsView = { readonly coming: readonly EventRow[]; readonly past: readonly EventRow[] };

const stateText = ({ state }: HouseholdEvent, phase: EventPhase, { s }: EventWords): string => {
  if (phase === 'running' && state === 'joined') return s.running;
  return phase !== 'coming' && state === 'invited' ? s.silent : s.state[state];
};

const rewardText = (event: HouseholdEvent, { s }: EventWords): string | undefined => {
  const { state, final, provisional, points, unit } = event;
  const known = final ?? provisional;
  if (known?.status === 'known') {
    const amount = amountText(known.amount, known.unit);
    return final ? amount : s.expected(amount);
  }
  return known === null && points !== undefined && (state === 'invited' || state === 'joined')
    ? s.upTo(amountText(points, unit))
    : undefined;
};

const rowOf = (event: HouseholdEvent, nowMs: number, words: EventWords): EventRow => {
  const phase = phaseOf(event, nowMs);
  return {
    eventId: event.eventId,
    when: whenText(event, words),
    programme: wordOf(words.rewards.name, event.programme, event.programme),
    phase,
    state: stateText(event, phase, words),
    isAsking: phase === 'coming' && event.state === 'invited',
    reward: phase === 'over' && event.state !== 'joined' ? undefined : rewardText(event, words),
  };
};

/** The next one first among those to come; the last one first among those that are over. */
export const eventsCard = (loaded: Loaded<HouseholdEvents>, nowMs: number, words: EventWords): Card<EventsView> =>
  cardOf(loaded, words.t, ({ events }) => {
    if (events.length === 0) return empty(words.s.none);
    const rows = events.map((event) => rowOf(event, nowMs, words));
    return ready({
      coming: rows.filter(({ phase }) => phase !== 'over').toReversed(),
      past: rows.filter(({ phase }) => phase === 'over'),
    });
  });
