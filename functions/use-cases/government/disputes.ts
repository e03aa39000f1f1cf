import { localDate } from '@hems/models/calendar/seoul';
import { entryId, type Entry } from '@hems/models/ledger/entry';
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
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { householdSealer } from '../stores/data-keys.ts';
import { disputePut, readDispute, type Answered, type KeptDispute, type StoredDispute } from '../stores/disputes.ts';
import { readPeriod } from '../stores/ledger.ts';
import { untilWon } from '../until-won.ts';
import { tellAnswered, type AnswerDeps } from './tell-answered.ts';

export type DisputeDeps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly keys: Keys;
};
/** What words are sealed as. */
const WORDS = 'dispute';
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

/** The answered ones up to this one. */
const earlierThan = (found: KeptDispute | undefined): Answered[] => {
  if (!found) return [];
  const { reasonCode, opened, answer, earlier = [] } = found.dispute;
  return answer ? [...earlier, { reasonCode, opened, answer }] : earlier;
};

/** Whether one that was opened before stands in the way: it does while it is not over, and for who had an answer already. */
const isInTheWay = async (deps: DisputeDeps, found: KeptDispute, by: By): Promise<boolean> => {
  if ((await viewDispute(deps, found)).state !== 'closed') return true;
  const hadAnswer = (one: Answered): boolean => one.opened.by.kind === by.kind && one.opened.by.id === by.id;
  return earlierThan(found).some(hadAnswer);
};

/**
 * Opens a dispute about an entry; the same again is the same dispute. An entry has one at a time, and each party one answer: who takes a dispute
 * back, or had its answer, keeps nobody else from disputing the entry.
 */
export const openDispute = (deps: DisputeDeps, opening: Opening): Promise<KeptDispute> =>
  untilWon(deps.pause, () => openOnce(deps, opening));

const disputedAlready = (): Refused =>
  new Refused(
    'conflict',
    'this entry is disputed already; a later correction of it is an entry of its own',
    'disputed-already',
  );

const requireInTime = ({ recordedMs }: Entry, nowMs: number): void => {
  if (mayOpen(localDate(recordedMs), localDate(nowMs))) return;
  throw new Refused(
    'conflict',
    `an entry is disputed within ${OPEN_WITHIN_DAYS} days of its recording; this one is older`,
    'too-late',
  );
};

const openOnce = async (deps: DisputeDeps, { entry, reasonCode, text, by }: Opening): Promise<KeptDispute> => {
  const { table, clock } = deps;
  const { householdId, programme, period, revision } = entry;
  const own = await householdSealer(deps, householdId);
  const isSame = ({ opened, reasonCode: code }: StoredDispute): boolean =>
    own.open(WORDS, opened.text) === text && code === reasonCode && opened.by.id === by.id;
  const found = await readDispute(table, entry);
  if (found && (await isInTheWay(deps, found, by))) {
    if (isSame(found.dispute)) return found;
    throw disputedAlready();
  }
  const nowMs = clock.now();
  requireInTime(entry, nowMs);
  const dispute: StoredDispute = {
    programme,
    period,
    revision,
    reasonCode,
    opened: { text: own.seal(WORDS, text), atMs: nowMs, by },
    answer: null,
    closedMs: null,
    earlier: earlierThan(found),
  };
  const version = found?.version ?? 0;
  // a household that is being erased has no key any more, and takes no dispute
  await table.transact([{ put: disputePut({ dispute, householdId, version }) }, { check: own.check }]);
  return { dispute, householdId, version: version + 1 };
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
  // settled again, an upheld line may prove right after all: then there is nothing to correct
  const isPromised = now.answer?.outcome === 'upheld' && now.closedMs === null;
  const mayFollow = outcome === 'corrected' || (outcome === 'rejected' && now.answer?.owed === true);
  if (now.state === 'opened' || (isPromised && mayFollow)) return;
  throw new Refused(
    'conflict',
    `the dispute is ${now.state}; only an upheld one is answered again: by corrected, or by rejected while no correction is made`,
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
  await tellAnswered(deps, entry, now);
  return now;
};

export const entryIdOf = ({ dispute, householdId }: KeptDispute): string => entryId({ ...dispute, householdId });
