import { localDate } from '@hems/models/calendar/seoul';
import { entryId, type Entry } from '@hems/models/ledger/entry';
import { lineIdOf } from '@hems/models/partner/settlement-line';
import {
  mayOpen,
  OPEN_WITHIN_DAYS,
  standOf,
  type DisputeOutcome,
  type DisputeReason,
} from '@hems/models/partner/dispute';
import type { Dispute } from '@hems/shared/api/disputes';
import type { Clock } from '../../ports/clock.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Pause } from '../../ports/pause.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import { participantOf } from '../partners/participants.ts';
import { Refused } from '../refusal.ts';
import { householdSealer } from '../stores/data-keys.ts';
import { disputePut, readDispute, type KeptDispute, type StoredDispute } from '../stores/disputes.ts';
import { readPeriod } from '../stores/ledger.ts';
import { partnersHolding } from '../stores/settlement-parts.ts';
import { untilWon } from '../until-won.ts';
import type { Tell } from '../webhooks/tell-partner.ts';

export type DisputeDeps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly keys: Keys;
};
/** What words are sealed as. */
const WORDS = 'dispute';
export type AnswerDeps = DisputeDeps & {
  readonly tell: (tell: Tell) => Promise<unknown>;
};
type By = StoredDispute['opened']['by'];

/** The first later entry of the period that was recorded after the dispute was opened: the ledger's own way of putting an entry right. */
const correctionOf = ({ revision, opened }: StoredDispute, entries: readonly Entry[]): number | null =>
  entries.find((entry) => entry.revision > revision && entry.recordedMs >= opened.atMs)?.revision ?? null;

const dateOf = (ms: number | null | undefined): string | null => (typeof ms === 'number' ? localDate(ms) : null);

/** A dispute as it stands now. What was upheld is owed until a later entry stands in the ledger. */
export const viewDispute = async (deps: DisputeDeps, { dispute, householdId }: KeptDispute): Promise<Dispute> => {
  const { table, clock } = deps;
  const own = await householdSealer(deps, householdId);
  const { programme, period, revision, reasonCode, opened, answer, closedMs } = dispute;
  const entries = await readPeriod(table, { householdId, programme, period });
  const entry = entries.find((one) => one.revision === revision);
  if (!entry) throw new Error(`entry ${programme} ${period} ${revision} is disputed and not there`);
  const correctedBy = answer === null || answer.outcome === 'rejected' ? null : correctionOf(dispute, entries);
  const owed = answer?.outcome === 'upheld' && correctedBy === null;
  const dates = {
    openedOn: localDate(opened.atMs),
    answeredOn: dateOf(answer?.atMs),
    closedOn: dateOf(closedMs),
    owed,
  };
  return {
    programme,
    period,
    revision,
    unit: entry.unit,
    amount: entry.amount,
    reasonCode,
    text: own.open(WORDS, opened.text),
    openedBy: opened.by.kind,
    openedMs: opened.atMs,
    ...standOf(dates, localDate(clock.now())),
    answer: answer && {
      outcome: answer.outcome,
      text: own.open(WORDS, answer.text),
      answeredMs: answer.atMs,
      correctedBy,
      owed,
    },
    closedMs,
  };
};

type Opening = { readonly entry: Entry; readonly reasonCode: DisputeReason; readonly text: string; readonly by: By };

/** Opens a dispute about an entry; the same again is the same dispute. An entry has one, whoever opens it. */
export const openDispute = async (
  deps: DisputeDeps,
  { entry, reasonCode, text, by }: Opening,
): Promise<KeptDispute> => {
  const { table, clock } = deps;
  const { householdId, programme, period, revision } = entry;
  const nowMs = clock.now();
  if (!mayOpen(localDate(entry.recordedMs), localDate(nowMs)))
    throw new Refused(
      'conflict',
      `an entry is disputed within ${OPEN_WITHIN_DAYS} days of its recording; this one is older`,
      'too-late',
    );
  const own = await householdSealer(deps, householdId);
  const dispute: StoredDispute = {
    programme,
    period,
    revision,
    reasonCode,
    opened: { text: own.seal(WORDS, text), atMs: nowMs, by },
    answer: null,
    closedMs: null,
  };
  try {
    // a household that is being erased has no key any more, and takes no dispute
    await table.transact([{ put: disputePut({ dispute, householdId, version: 0 }) }, { check: own.check }]);
    return { dispute, householdId, version: 1 };
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
  const found = await requireDispute(deps, entry);
  const { opened } = found.dispute;
  if (own.open(WORDS, opened.text) === text && found.dispute.reasonCode === reasonCode && opened.by.id === by.id)
    return found;
  throw new Refused(
    'conflict',
    'this entry is disputed already; a later correction of it is an entry of its own',
    'disputed-already',
  );
};

export const requireDispute = async ({ table }: Pick<DisputeDeps, 'table'>, entry: Entry): Promise<KeptDispute> => {
  const found = await readDispute(table, entry);
  if (!found) throw new Refused('not-found', 'nobody has disputed this entry', 'no-dispute');
  return found;
};

/** By whoever opened it: taken back before the answer, or content with it. A correction that is owed stays owed. */
export const closeDispute = (
  deps: DisputeDeps,
  { entry, by }: { readonly entry: Entry; readonly by: By },
): Promise<KeptDispute> =>
  untilWon(deps.pause, async () => {
    const kept = await requireDispute(deps, entry);
    const { opened, closedMs } = kept.dispute;
    if (opened.by.kind !== by.kind || (by.kind === 'partner' && opened.by.id !== by.id))
      throw new Refused('forbidden', 'whoever opened a dispute closes it', 'not-yours');
    if (closedMs !== null) return kept;
    if ((await viewDispute(deps, kept)).answer?.owed)
      throw new Refused(
        'conflict',
        'the dispute was upheld and a correction is owed; it closes when that is made',
        'correction-owed',
      );
    const dispute = { ...kept.dispute, closedMs: deps.clock.now() };
    await deps.table.put(disputePut({ ...kept, dispute }));
    return { ...kept, dispute, version: kept.version + 1 };
  });

type Answering = {
  readonly entry: Entry;
  readonly outcome: DisputeOutcome;
  readonly text: string;
  readonly by: string;
};

const requireOpen = (now: Dispute, outcome: DisputeOutcome): void => {
  const isPromised = now.answer?.outcome === 'upheld' && outcome === 'corrected';
  if (now.state === 'opened' || (isPromised && now.closedMs === null)) return;
  throw new Refused(
    'conflict',
    `the dispute is ${now.state}; only an upheld one is answered again, by corrected`,
    'answered-already',
  );
};

/** Nobody is told that an entry was put right while the ledger does not say so. */
const requireCorrection = async ({ table }: DisputeDeps, { dispute, householdId }: KeptDispute): Promise<void> => {
  const { programme, period, revision } = dispute;
  if (correctionOf(dispute, await readPeriod(table, { householdId, programme, period })) !== null) return;
  throw new Refused(
    'conflict',
    `no later revision of ${programme} ${period} has been settled since the dispute; answer upheld, and the correction of revision ${revision} is owed`,
    'not-corrected',
  );
};

/** Once per partner that holds the line in a file; the household is its participant there. */
const tellPartners = async (deps: AnswerDeps, entry: Entry, { answer, ...now }: Dispute): Promise<void> => {
  const { householdId, programme, period, revision } = entry;
  for (const partnerId of await partnersHolding(deps.table, entry)) {
    const participant = await participantOf(deps, partnerId, householdId);
    const line = lineIdOf({ participant, revision });
    await deps.tell({
      partnerId,
      type: 'dispute.answered',
      data: { line, programme, period, outcome: answer?.outcome, state: now.state },
      key: `${line} ${programme} ${period} ${answer?.outcome}`,
      orderedBy: participant,
    });
  }
};

/** Answers a dispute. The ledger is not touched: what is wrong is put right by settling the period again, or is owed until it is. */
export const answerDispute = async (deps: AnswerDeps, { entry, outcome, text, by }: Answering): Promise<Dispute> => {
  const answered = await untilWon(deps.pause, async () => {
    const kept = await requireDispute(deps, entry);
    const { answer } = kept.dispute;
    const own = await householdSealer(deps, kept.householdId);
    if (answer?.outcome === outcome && own.open(WORDS, answer.text) === text) return kept;
    requireOpen(await viewDispute(deps, kept), outcome);
    if (outcome === 'corrected') await requireCorrection(deps, kept);
    const dispute: StoredDispute = {
      ...kept.dispute,
      answer: { outcome, text: own.seal(WORDS, text), by, atMs: deps.clock.now() },
    };
    await deps.table.transact([{ put: disputePut({ ...kept, dispute }) }, { check: own.check }]);
    return { ...kept, dispute, version: kept.version + 1 };
  });
  const now = await viewDispute(deps, answered);
  await tellPartners(deps, entry, now);
  return now;
};

export const entryIdOf = ({ dispute, householdId }: KeptDispute): string => entryId({ ...dispute, householdId });
