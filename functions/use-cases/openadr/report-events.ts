import { DAY_MS } from '@hems/models/calendar/seoul';
import { instantText } from '@hems/models/openadr/duration';
import type { Report } from '@hems/models/openadr/objects';
import { PLATFORM_CLIENT, reportOf, toldNext, toldOf, type Told } from '@hems/models/openadr/report';
import { ConditionFailed } from '../../ports/table.ts';
import { eventFigures } from '../saving-events/event-figures.ts';
import { Refused } from '../refusal.ts';
import { findObject, insertObject, replaceObject } from '../stores/openadr.ts';
import { dueDispatches, moveDispatch, type Dispatch, type KeptDispatch } from '../stores/openadr-dispatches.ts';
import { owedPut, type Owed } from '../stores/openadr-owed.ts';
import { untilWon } from '../until-won.ts';
import { tellPartner } from '../webhooks/tell-partner.ts';
import { callHomes, endMsOfCall, type DispatchDeps } from './dispatch.ts';
import { notify } from './notify.ts';
import { tellOwed } from './tell-owed.ts';

const MINUTE_MS = 60_000;
/** Minutes after the end at which is looked for results: a little after the homes are gone over (`events/provisional.ts`). */
const LOOKS_MIN = [6, 13, 21, 29, 61, 181, 361];
/** By then something is reported, be it that nothing is known. */
const PROMISED_MIN = 29;
const LATER_MS = 6 * 60 * MINUTE_MS;
/** What is not settled so long after the event stays as it was reported. */
const GIVEN_UP_MS = 30 * DAY_MS;
const AT_ONCE = 50;
const AFTER_FAILURE_MS = 10 * MINUTE_MS;

const nextLook = (endMs: number, nowMs: number): number =>
  LOOKS_MIN.map((minutes) => endMs + minutes * MINUTE_MS).find((ms) => ms > nowMs) ?? nowMs + LATER_MS;

type Stage = 'provisional' | 'final';

const writeReport = async (
  deps: DispatchDeps,
  { partnerId, programId, event, reportId }: Dispatch,
  [stage, told]: readonly [Stage, Told | undefined],
): Promise<void> => {
  const atMs = deps.clock.now();
  const at = instantText(atMs);
  const said = await untilWon(deps.pause, async () => {
    const found = await findObject(deps.table, partnerId, ['REPORT', reportId]);
    const object: Report = {
      ...reportOf(event, stage, told),
      id: reportId,
      createdDateTime: found?.object.createdDateTime ?? at,
      modificationDateTime: at,
      objectType: 'REPORT',
      clientID: PLATFORM_CLIENT,
    };
    const place = { parents: [programId, event.eventId] };
    const owed: Owed = { partnerId, operation: found ? 'UPDATE' : 'CREATE', object, atMs };
    const more = [owedPut(owed)];
    const names = { before: place, after: place };
    if (found) await replaceObject(deps.table, partnerId, { found, object, names, more });
    else await insertObject(deps.table, partnerId, { object, place, more });
    return owed;
  });
  await notify(deps, said);
  const { eventId } = event;
  const key = `${eventId}:${stage}:${at}`;
  await tellPartner(deps, {
    partnerId,
    type: 'event.reported',
    key,
    orderedBy: eventId,
    data: { eventId, stage, reportId },
  });
};

/** What there is to report now; undefined: nothing yet. */
const resultOf = async (
  deps: DispatchDeps,
  { event, told }: Dispatch,
): Promise<{ stage: Stage; told: Told | undefined } | undefined> => {
  const figures = await eventFigures(deps, event.eventId);
  const sinceEndMs = deps.clock.now() - endMsOfCall(event);
  if (figures.stage === 'none' && sinceEndMs < PROMISED_MIN * MINUTE_MS) return undefined;
  const isFinal = figures.stage === 'final' || sinceEndMs >= GIVEN_UP_MS;
  return { stage: isFinal ? 'final' : 'provisional', told: toldNext(told ?? undefined, toldOf(figures)) };
};

const isNew = ({ stage, told }: Dispatch, now: { readonly stage: Stage; readonly told: Told | undefined }): boolean =>
  stage !== now.stage || JSON.stringify(told) !== JSON.stringify(now.told ?? null);

const lookAt = async (deps: DispatchDeps, kept: KeptDispatch): Promise<'reported' | 'waits'> => {
  const { dispatch } = kept;
  const nowMs = deps.clock.now();
  const endMs = endMsOfCall(dispatch.event);
  if (nowMs < endMs) {
    await callHomes(deps, dispatch);
    await moveDispatch(deps.table, kept, { ...dispatch, dueMs: nextLook(endMs, nowMs) });
    return 'waits';
  }
  const result = await resultOf(deps, dispatch);
  const dueMs = nextLook(endMs, nowMs);
  if (!result || !isNew(dispatch, result)) {
    await moveDispatch(deps.table, kept, { ...dispatch, dueMs });
    return 'waits';
  }
  await writeReport(deps, dispatch, [result.stage, result.told]);
  await moveDispatch(deps.table, kept, { ...dispatch, stage: result.stage, told: result.told ?? null, dueMs });
  return 'reported';
};

export type ReportSweep = {
  readonly looked: number;
  readonly reported: number;
  /** ids of events whose homes could not be called after all, or whose look failed */
  readonly refused: readonly string[];
  readonly failed: readonly string[];
  /** keys of what could not be told to subscriptions */
  readonly owed: readonly string[];
};

/**
 * Looks at every event of a partner that is due: has homes called that were not, and reports what they came to, provisional within half an
 * hour of the end and final when all are settled. Then tells subscriptions what was left owed. Called each minute; what fails is looked at again ten minutes later.
 */
export const reportEvents = async (deps: DispatchDeps): Promise<ReportSweep> => {
  const due = await dueDispatches(deps.table, deps.clock.now(), AT_ONCE);
  const refused: string[] = [];
  const failed: string[] = [];
  let reported = 0;
  for (const kept of due)
    try {
      if ((await lookAt(deps, kept)) === 'reported') reported += 1;
    } catch (error) {
      const { dispatch } = kept;
      if (error instanceof Refused && dispatch.stage === 'called' && deps.clock.now() < endMsOfCall(dispatch.event)) {
        refused.push(dispatch.event.eventId);
        await moveDispatch(deps.table, kept, { ...dispatch, stage: 'refused' });
      } else if (!(error instanceof ConditionFailed)) {
        failed.push(dispatch.event.eventId);
        // it lets the others pass
        await moveDispatch(deps.table, kept, { ...dispatch, dueMs: deps.clock.now() + AFTER_FAILURE_MS });
      }
    }
  return { looked: due.length, reported, refused, failed, owed: await tellOwed(deps) };
};
