import { DAY_MS } from '@hems/models/calendar/seoul';
import type { EventDetail, EventStep, HouseholdEvent } from '../api/events.ts';
import { kwhFineText } from '../format/energy.ts';
import { amountText } from '../format/money.ts';
import { clockText, momentText } from '../format/time.ts';
import { cardOf, filled, type Card, type Loaded } from './card.ts';
import { comparedOf, resultCompared, resultOf, type Compared, type EventResult } from './event-result.ts';
import { aloudText, leftText, phaseOf, whenText, type EventPhase, type EventWords } from './event-words.ts';
import { wordOf } from './word.ts';

export type EventActions = 'join' | 'rejoin' | 'decline' | 'leave';

export type EventView = {
  readonly eventId: string;
  readonly programme: string;
  readonly when: string;
  readonly phase: EventPhase;
  readonly state: string;
  readonly tone: 'asks' | 'in' | 'out';
  /** until it begins or ends; undefined once it is over */
  readonly left: string | undefined;
  readonly aloud: string;
  /** before it begins */
  readonly estimate: { readonly amount: string | undefined; readonly why: string } | undefined;
  /** while it runs, and once it is over */
  readonly compared: Compared | undefined;
  readonly result: EventResult | undefined;
  /** sentences on how it stands */
  readonly notes: readonly string[];
  readonly actions: readonly EventActions[];
};

const estimateOf = ({ estimate }: EventDetail, { s, reasons }: EventWords): EventView['estimate'] => {
  if (estimate === null) return undefined;
  if (estimate.status === 'refused')
    return { amount: undefined, why: `${s.noEstimate} ${wordOf(reasons.refusal, estimate.code, estimate.detail)}` };
  const { low, high, unit, baselineWh, targetWh } = estimate;
  const [least, most, usual] = [amountText(low, unit), amountText(high, unit), kwhFineText(baselineWh)];
  return {
    amount: low === high ? most : s.range(least, most),
    why: targetWh === null ? s.rangeWhy(usual) : s.target(kwhFineText(targetWh), usual),
  };
};

/** Announced points are known whatever the home's past. */
const estimateShown = (detail: EventDetail, words: EventWords): EventView['estimate'] => {
  const estimate = estimateOf(detail, words);
  const { points, unit } = detail.event;
  return estimate && estimate.amount === undefined && points !== undefined
    ? { ...estimate, amount: words.s.upTo(amountText(points, unit)) }
    : estimate;
};

const runningOf = ({ running, event }: EventDetail, { s }: EventWords): string | undefined => {
  if (!running || running.untilMs <= event.startsMs) return undefined;
  const savedWh = running.baselineWh - running.importWh;
  const kwh = kwhFineText(Math.abs(savedWh));
  if (savedWh === 0) return s.same;
  return savedWh > 0 ? s.saving(kwh) : s.more(kwh);
};

const comingNotes = ({ state, takesPart, refusedByRule }: HouseholdEvent, { s }: EventWords): string[] => {
  if (state === 'invited') return [...(refusedByRule === null ? [] : [s.refusedByRule[refusedByRule]]), s.silenceIsNo];
  return state === 'joined' && takesPart === 'not-declined' ? [s.silenceIsYes] : [];
};

/** The run of the day has been by then: what it has not told it will not. */
const AWAITED_MS = 2 * DAY_MS;
const overNotes = ({ provisional, final, endsMs }: HouseholdEvent, nowMs: number, { s }: EventWords): string[] => {
  if (provisional !== null || final !== null) return [];
  return [nowMs < endsMs + AWAITED_MS ? s.awaiting : s.unknown];
};

const notesOf = ({ event, running }: EventDetail, nowMs: number, words: EventWords): string[] => {
  const phase = phaseOf(event, nowMs);
  const { t, s } = words;
  if (phase === 'coming') return comingNotes(event, words);
  if (event.state !== 'joined') return [s.notTaken];
  if (phase === 'over') return overNotes(event, nowMs, words);
  if (!running) return [s.noRunning];
  return running.untilMs <= event.startsMs ? [s.waiting] : [s.until(clockText(running.untilMs, t))];
};

const actionsOf = ({ state }: HouseholdEvent, phase: EventPhase): EventActions[] => {
  if (phase === 'over') return [];
  if (phase === 'running') return state === 'joined' ? ['leave'] : [];
  if (state === 'invited') return ['join', 'decline'];
  return state === 'joined' ? ['decline'] : ['rejoin'];
};

const TONE = { invited: 'asks', joined: 'in', declined: 'out', left: 'out' } as const;

const leftUntil = (
  { startsMs, endsMs }: HouseholdEvent,
  nowMs: number,
  words: EventWords,
): Record<EventPhase, string | undefined> => ({
  coming: words.s.startsIn(leftText(startsMs - nowMs, words)),
  running: words.s.endsIn(leftText(endsMs - nowMs, words)),
  over: undefined,
});

/** How it goes, or how it went; nothing of an event that the home takes no part in. */
const comparedIn = (detail: EventDetail, phase: EventPhase, words: EventWords): Compared | undefined => {
  const { event, running } = detail;
  if (event.state !== 'joined' || phase === 'coming') return undefined;
  if (phase === 'over') return resultCompared(event, words);
  const headline = runningOf(detail, words);
  return running && headline !== undefined ? comparedOf(running, headline, words) : undefined;
};

/** Who said nothing until it began takes no part in it. */
const stateIn = ({ state }: HouseholdEvent, phase: EventPhase, { s }: EventWords): Pick<EventView, 'state' | 'tone'> =>
  phase !== 'coming' && state === 'invited'
    ? { state: s.silent, tone: 'out' }
    : { state: s.state[state], tone: TONE[state] };

const viewOf = (detail: EventDetail, nowMs: number, words: EventWords): EventView => {
  const { event } = detail;
  const phase = phaseOf(event, nowMs);
  return {
    eventId: event.eventId,
    programme: wordOf(words.rewards.name, event.programme, event.programme),
    when: whenText(event, words),
    phase,
    ...stateIn(event, phase, words),
    left: leftUntil(event, nowMs, words)[phase],
    aloud: aloudText(event, nowMs, words),
    estimate: phase === 'coming' ? estimateShown(detail, words) : undefined,
    compared: comparedIn(detail, phase, words),
    result: phase === 'over' && event.state === 'joined' ? resultOf(event, words) : undefined,
    notes: notesOf(detail, nowMs, words),
    actions: actionsOf(event, phase),
  };
};

/** That quarter hours are missing, or that a result is not known, is said on the card itself. */
const lackOf = ({ event, running }: EventDetail, { s }: EventWords): string | undefined => {
  if (running && running.missingSlots > 0) return s.missingSlots(running.missingSlots);
  const result = event.final ?? event.provisional;
  return event.state === 'joined' && result?.status === 'unknown' ? s.unknown : undefined;
};

export const eventCard = (loaded: Loaded<EventDetail>, nowMs: number, words: EventWords): Card<EventView> =>
  cardOf(loaded, words.t, (detail) => filled(viewOf(detail, nowMs, words), lackOf(detail, words)));

export type StepView = {
  readonly step: EventStep['step'];
  readonly name: string;
  readonly when: string;
  readonly by: string | undefined;
  /** has not happened yet */
  readonly isAhead: boolean;
};

const PLANNED: readonly EventStep['step'][] = ['started', 'ended', 'provisional', 'final'];

/** What is to come for a home that takes part, behind what has happened. */
const aheadOf = (event: HouseholdEvent, nowMs: number, { t, s }: EventWords): StepView[] => {
  if (event.state !== 'joined' || event.final !== null) return [];
  const done = new Set(event.timeline.map(({ step }) => step));
  const when = {
    started: momentText(event.startsMs, nowMs, t),
    ended: momentText(event.endsMs, nowMs, t),
    ...s.planned,
  };
  return PLANNED.flatMap((step): StepView[] =>
    done.has(step) || !(step in when)
      ? []
      : [{ step, name: s.step[step], when: wordOf(when, step, ''), by: undefined, isAhead: true }],
  );
};

/** What has happened, in time, and what is to come. */
export const timelineOf = ({ event }: EventDetail, nowMs: number, words: EventWords): StepView[] => {
  const { t, s } = words;
  return [
    ...event.timeline.map(({ step, atMs, by }): StepView => ({
      step,
      name: s.step[step],
      when: momentText(atMs, nowMs, t),
      by: by && s.by[by],
      isAhead: false,
    })),
    ...aheadOf(event, nowMs, words),
  ];
};
