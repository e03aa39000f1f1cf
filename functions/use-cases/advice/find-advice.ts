import { habitOf } from '@hems/models/advice/plug-idle';
import { resultOf, type Result, type Taken } from '@hems/models/advice/quantities';
import { candidatesOf, isCollecting, type Candidate } from '@hems/models/advice/rules';
import { viewOf, type View } from '@hems/models/advice/view';
import { mean, sum } from '@hems/models/advice/whole-days';
import { addDays, HOUR_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { canonicalJson } from '../canonical-hash.ts';
import { ConditionFailed } from '../../ports/table.ts';
import {
  foundPut,
  readFound,
  RESULT_DAYS,
  type FoundAdvice,
  type KeptFound,
  type StoredAnswer,
} from '../stores/advice.ts';
import { consentCheck, isGranted, readConsent } from '../stores/consents.ts';
import type { AdviceDeps } from './deps.ts';
import { readHome, type Premises } from './read-home.ts';

/** A change of contract, devices or automation is looked at the same day. */
const basisOf = ({ profile, rows, devices, automationIsOn }: Premises): string =>
  canonicalJson({
    region: profile.region ?? null,
    rows,
    devices: devices.map(({ deviceId }) => deviceId).toSorted(),
    automationIsOn,
  });

const isSame = (a: Pick<Candidate, 'rule' | 'deviceId'>, b: Pick<Candidate, 'rule' | 'deviceId'>): boolean =>
  a.rule === b.rule && a.deviceId === b.deviceId;

/** What was found the last time keeps its id and the day since which it is found. */
const named = (found: Candidate, view: View, before: FoundAdvice | undefined): FoundAdvice['candidates'][number] => {
  const { rule, deviceId } = found;
  const kept = before?.candidates.find((one) => isSame(one, found));
  const since = kept?.since ?? view.home.today;
  const plug = view.home.plugs.find((one) => one.deviceId === deviceId);
  const about = deviceId === null ? '' : `_${deviceId.slice(0, 30)}`;
  return {
    ...found,
    data: [...found.data],
    adviceId: kept?.adviceId ?? `${rule}_${since}${about}`,
    since,
    plug: (plug && habitOf(plug)) ?? null,
  };
};

export const takenSince = (answers: readonly StoredAnswer[], today: LocalDate): StoredAnswer[] =>
  answers.filter(({ answer, onDate }) => answer === 'accept' && onDate >= addDays(today, -RESULT_DAYS));

const takenOf = ({ rule, deviceId, onDate, plug, contract }: StoredAnswer): Taken => ({
  rule,
  deviceId,
  onDate,
  plug,
  contract,
});

/** What is over and was told stands; what was not known then may have come in since. */
const stands = ({ state, because }: Result): boolean => state !== 'measuring' && because !== 'too-little-known';

const resultsOf = (
  { home }: View,
  answers: readonly StoredAnswer[],
  before: FoundAdvice | undefined,
): FoundAdvice['results'] => {
  const taken = takenSince(answers, home.today);
  return taken.map((one, i) => {
    const { adviceId, onDate: acceptedOn } = one;
    const told = before?.results.find((own) => own.adviceId === adviceId && own.acceptedOn === acceptedOn)?.result;
    if (told && stands(told)) return { adviceId, acceptedOn, result: told };
    return { adviceId, acceptedOn, result: resultOf(home, takenOf(one), taken.slice(0, i).map(takenOf)) };
  });
};

const LATELY_DAYS = 7;
const senseOf = ({ slopes, recent, home }: View): FoundAdvice['sense'] => {
  const lately = recent.slice(-LATELY_DAYS);
  const { heating, cooling } = slopes;
  return {
    slopes: { ...(heating && { heating }), ...(cooling && { cooling }) },
    lastCdegc: lately.flatMap(({ date }) => home.meanCdegc.get(date) ?? []),
    solarWh: home.kinds.has('solar_inverter') ? Math.round(mean(recent.map(({ solarWh }) => sum(solarWh)))) : null,
  };
};

/** Days, corrections and temperatures come in at any hour: what was found rests so long. Who is still being got to know is looked at anew. */
const RESTS_MS = HOUR_MS;

const isFresh = (found: FoundAdvice, premises: Premises, nowMs: number): boolean =>
  found.date === premises.today &&
  found.basis === basisOf(premises) &&
  nowMs - found.madeAtMs < RESTS_MS &&
  !found.isCollecting;

/** Kept while the household agrees. What another look found in the meantime has the names that were told first. */
const keep = async (
  { table }: Pick<AdviceDeps, 'table'>,
  householdId: string,
  { found, version }: { readonly found: FoundAdvice; readonly version: KeptFound['version'] },
): Promise<FoundAdvice> => {
  const consent = await readConsent(table, householdId, 'analysis');
  if (!isGranted('analysis', consent.history.at(-1))) return found;
  try {
    await table.transact([
      { put: foundPut(householdId, found, version) },
      { check: consentCheck(householdId, 'analysis', consent) },
    ]);
    return found;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    return (await readFound(table, householdId)).found ?? found;
  }
};

/**
 * What there is to suggest, worked out at the first look of an hour and kept: a home that nobody looks at costs nothing. Ask for consent
 * before.
 */
export const findAdvice = async (
  deps: AdviceDeps,
  premises: Premises,
  answers: readonly StoredAnswer[],
): Promise<FoundAdvice> => {
  const { householdId, today } = premises;
  const { found: before, version } = await readFound(deps.table, householdId);
  if (before && isFresh(before, premises, deps.clock.now())) return before;
  const view = viewOf(await readHome(deps, premises));
  const found: FoundAdvice = {
    date: today,
    basis: basisOf(premises),
    madeAtMs: deps.clock.now(),
    isCollecting: isCollecting(view),
    contract: view.home.contract,
    candidates: candidatesOf(view).map((one) => named(one, view, before)),
    results: resultsOf(view, answers, before),
    sense: senseOf(view),
  };
  return keep(deps, householdId, { found, version });
};
