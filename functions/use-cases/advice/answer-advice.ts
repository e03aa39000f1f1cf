import { stillHolds } from '@hems/models/advice/answers';
import type { AdviceAnswer, AdviceCause } from '@hems/models/advice/codes';
import { localDate } from '@hems/models/calendar/seoul';
import type { Clock } from '../../ports/clock.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { requireMay } from '../members/require-may.ts';
import { Refused } from '../refusal.ts';
import { answersPut, readAnswers, readFound, type StoredAnswer } from '../stores/advice.ts';
import type { Member } from '../stores/households.ts';
import { consentCheck, isGranted, readConsent } from '../stores/consents.ts';
import { untilWon } from '../until-won.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly pause: Pause };
type Said = { readonly adviceId: string; readonly answer: AdviceAnswer; readonly cause?: AdviceCause | undefined };

const STATES = { accept: 'accepted', later: 'later', 'not-useful': 'dismissed' } as const satisfies Record<
  AdviceAnswer,
  string
>;

const NO_CONSENT =
  'the household does not agree to the analysis of its use, so nothing is suggested; a member may agree in the settings';

const requireCause = ({ answer, cause }: Said): void => {
  if (answer === 'not-useful' && cause === undefined)
    throw new Refused('invalid', 'cause: say why it is of no use; what is suggested from now on follows from it');
  if (answer !== 'not-useful' && cause !== undefined)
    throw new Refused('invalid', `cause: belongs to not-useful, not to ${answer}`);
};

/** What was found under the id the last time; of what is found no more, what was answered then. */
const aboutOf = async (
  table: Table,
  { householdId, adviceId }: { readonly householdId: string; readonly adviceId: string },
  before: StoredAnswer | undefined,
): Promise<Omit<StoredAnswer, 'answer' | 'cause' | 'onDate'>> => {
  const { found } = await readFound(table, householdId);
  const candidate = found?.candidates.find((one) => one.adviceId === adviceId);
  if (found && candidate) {
    const { rule, deviceId, wonPerMonth, plug } = candidate;
    return { adviceId, rule, deviceId, lowWon: wonPerMonth.low, plug, contract: found.contract };
  }
  if (before) return before;
  throw new Refused('not-found', 'nothing is suggested under this id any more; read the suggestions anew');
};

/** The last word on a suggestion stands; said again while it holds it changes nothing, not even the day from which its result is measured. */
export const answerAdvice = async (
  deps: Deps,
  member: Member,
  said: Said,
): Promise<{ adviceId: string; state: (typeof STATES)[AdviceAnswer] }> => {
  requireMay(member, 'answer-advice');
  requireCause(said);
  const { table, clock, pause } = deps;
  const { adviceId, answer, cause = null } = said;
  const { householdId } = member;
  const today = localDate(clock.now());
  await untilWon(pause, async () => {
    const consent = await readConsent(table, householdId, 'analysis');
    if (!isGranted('analysis', consent.history.at(-1))) throw new Refused('conflict', NO_CONSENT, 'no-consent');
    const { answers, version } = await readAnswers(table, householdId);
    const before = answers.find((one) => one.adviceId === adviceId);
    if (before?.answer === answer && before.cause === cause && stillHolds(before, today)) return;
    const own = { ...(await aboutOf(table, { householdId, adviceId }, before)), answer, cause, onDate: today };
    const others = answers.filter((one) => one.adviceId !== adviceId);
    await table.transact([
      { put: answersPut(householdId, { answers: [...others, own], version }) },
      { check: consentCheck(householdId, 'analysis', consent) },
    ]);
  });
  return { adviceId, state: STATES[answer] };
};
