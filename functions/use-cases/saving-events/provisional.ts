import { addDays, localDate } from '@hems/models/calendar/seoul';
import type { EventOutcome } from '@hems/models/incentive/event-outcome';
import { outcomeOf } from '@hems/models/incentive/event-worth';
import type { EventInputs } from '@hems/models/incentive/inputs';
import { endsMsOf, startsMsOf, type Participation } from '@hems/models/incentive/participation';
import type { NotSettled } from '@hems/models/incentive/programme';
import type { SavingEvent } from '@hems/models/incentive/saving-event';
import { ConditionFailed } from '../../ports/table.ts';
import { putProgress, readingOnce, readProgress, type Progress } from '../stores/events.ts';
import { participantPages, putPrepared, readPrepared } from '../stores/participations.ts';
import type { RuleDeps } from './auto-join.ts';
import { homeEvents } from './home-events.ts';
import { inputsNow, withOwnHours } from './inputs.ts';
import { keepOutcome } from './keep-outcome.ts';
import { leaveEvent } from './leave-coming.ts';

const MINUTE_MS = 60_000;
/**
 * Minutes after the end of an event at which its homes are gone over, prepared from its beginning on: by the first, gateways that are there have sent the last quarter
 * hour; each later one looks again at homes whose readings were missing. What is missing after the last is left to the settlement.
 */
const PASSES_MIN = [5, 12, 20, 28, 60, 180, 360];
const AT_ONCE = 32;
/** Longer than one part of the homes takes. */
const LEASE_MS = 5 * MINUTE_MS;

export type ProvisionalReport = {
  /** homes whose result was worked out, and those of them whose readings are not there yet */
  readonly homes: number;
  readonly missing: number;
  /** homes that could not be looked at; the next pass does */
  readonly failed: number;
};
type Counts = { homes: number; missing: number; failed: number };

/** Passes that are due at a time: the first, as it begins, only prepares. */
const passesDue = (event: SavingEvent, nowMs: number): number =>
  [startsMsOf(event), ...PASSES_MIN.map((minutes) => endsMsOf(event) + minutes * MINUTE_MS)].filter(
    (dueMs) => dueMs <= nowMs,
  ).length;

const isOpen = ({ provisional, final }: Participation): boolean =>
  final === null && (provisional === null || provisional.status === 'unknown');

/** Undefined: the event no longer calls the home. */
const inputsOf = async (
  deps: RuleDeps,
  householdId: string,
  event: SavingEvent,
): Promise<EventInputs | NotSettled | undefined> => {
  const ofDay = await homeEvents(deps, householdId, [event.date, event.date]);
  const called = ofDay.find((one) => one.event.eventId === event.eventId);
  return called && inputsNow(deps, householdId, called);
};

type Looked = 'known' | 'unknown';

/** Reads the days before the event, which do not change any more, while there is time. */
const prepare = async (deps: RuleDeps, householdId: string, event: SavingEvent): Promise<Looked> => {
  const inputs = await inputsOf(deps, householdId, event);
  if (!inputs || 'status' in inputs) return 'unknown';
  await putPrepared(deps.table, { householdId, event, nowMs: deps.clock.now() }, inputs);
  return 'known';
};

const workOut = async (deps: RuleDeps, householdId: string, event: SavingEvent): Promise<Looked> => {
  const prepared = await readPrepared(deps.table, householdId, event);
  const inputs = prepared ? await withOwnHours(deps, householdId, prepared) : await inputsOf(deps, householdId, event);
  if (!inputs) {
    await leaveEvent(deps, householdId, event);
    return 'unknown';
  }
  const atMs = deps.clock.now();
  const outcome: EventOutcome =
    'status' in inputs ? { status: 'unknown', atMs, code: inputs.code } : outcomeOf(inputs, atMs);
  await keepOutcome(deps, { householdId, event }, { stage: 'provisional', outcome });
  return outcome.status;
};

type Part = { readonly event: SavingEvent; readonly part: number; readonly look: typeof prepare };

/** One part of the event's homes, a page at a time. */
const goOver = async (deps: RuleDeps, { event, part, look }: Part, counts: Counts): Promise<void> => {
  const pages = participantPages(deps.table, event.eventId)[part];
  if (!pages) return;
  for await (const page of pages) {
    const open = page.filter(({ own }) => isOpen(own)).values();
    const work = async (): Promise<void> => {
      // the iterator is shared: each home is looked at by one worker
      for (const { householdId } of open)
        try {
          const status = await look(deps, householdId, event);
          counts.homes += 1;
          if (status === 'unknown') counts.missing += 1;
        } catch {
          counts.failed += 1;
        }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
};

type Deps = RuleDeps & {
  /** when this sweep has to end; the next one goes on */
  readonly untilMs: number;
};

/** Part after part under a lease that the next one renews; a sweep that finds somebody at it leaves the event to him. */
const sweepEvent = async (
  deps: Deps,
  { event, progress }: { readonly event: SavingEvent; readonly progress: Progress },
  counts: Counts,
): Promise<void> => {
  const { table, clock } = deps;
  const partCount = participantPages(table, event.eventId).length;
  let at = progress;
  const move = async (over: Partial<Progress>): Promise<void> => {
    const nowMs = clock.now();
    await putProgress(table, event.eventId, { ...at, ...over, nowMs });
    at = { ...at, ...over, version: at.version + 1 };
  };
  const due = passesDue(event, clock.now());
  while (at.passes < due && clock.now() < deps.untilMs) {
    await move({ leasedMs: clock.now() + LEASE_MS });
    await goOver(deps, { event, part: at.parts, look: due === 1 ? prepare : workOut }, counts);
    const isLast = at.parts + 1 >= partCount;
    // passes that became due meanwhile are one
    await move({ leasedMs: 0, ...(isLast ? { passes: due, parts: 0 } : { parts: at.parts + 1 }) });
  }
};

/**
 * Works out what events that have ended came to, home by home, from the quarter hours that have arrived: provisional, by the steps of the
 * settlement. What an event is held against is read while it runs, so that a hundred thousand homes are worked out within minutes of its end. Called each minute; what one call does not get to, the next one does.
 */
export const sweepProvisional = async (given: Omit<Deps, 'events'>): Promise<ProvisionalReport> => {
  const counts: Counts = { homes: 0, missing: 0, failed: 0 };
  const deps: Deps = { ...given, events: readingOnce(given.table) };
  const nowMs = deps.clock.now();
  const today = localDate(nowMs);
  const begun = (await deps.events([addDays(today, -1), today])).filter((event) => passesDue(event, nowMs) > 0);
  const progress = await readProgress(
    deps.table,
    begun.map(({ eventId }) => eventId),
  );
  for (const [i, event] of begun.entries()) {
    const own = progress[i];
    if (!own || own.leasedMs > nowMs || own.passes >= passesDue(event, nowMs)) continue;
    try {
      await sweepEvent(deps, { event, progress: own }, counts);
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }
  return counts;
};
