import { choose } from '@hems/models/advice/choose';
import { isVulnerableBy, safeguardOf, type Safeguard } from '@hems/models/advice/safeguard';
import { weatherNotes } from '@hems/models/advice/weather-notes';
import { addDays, localDate } from '@hems/models/calendar/seoul';
import { supplyOn } from '@hems/models/household/supply-history';
import type { Advice } from '@hems/shared/api/advice';
import { hasConsent } from '../privacy/has-consent.ts';
import { readAnswers, type FoundAdvice, type StoredAnswer } from '../stores/advice.ts';
import { readSafeguard } from '../stores/safeguards.ts';
import type { AdviceDeps } from './deps.ts';
import { findAdvice, takenSince } from './find-advice.ts';
import { readAhead, type Ahead } from './outlook.ts';
import { readPremises } from './read-home.ts';

/** What was taken since the last look. */
const MEASURING = { state: 'measuring', because: null, wonPerMonth: null } as const;

const resultsOf = ({ results, date }: FoundAdvice, answers: readonly StoredAnswer[]): Advice['results'] =>
  takenSince(answers, date)
    .toReversed()
    .map(({ adviceId, rule, onDate }) => {
      const own = results.find((one) => one.adviceId === adviceId && one.acceptedOn === onDate);
      return { adviceId, rule, acceptedOn: onDate, ...(own?.result ?? MEASURING) };
    });

const notesOf = ({ sense, date }: FoundAdvice, { tomorrow }: Ahead): Advice['notes'] =>
  tomorrow === null
    ? []
    : weatherNotes({ ...sense, slopes: { heating: undefined, cooling: undefined, ...sense.slopes } }, tomorrow).map(
        ({ code, data }) => ({ code, date: addDays(date, 1), data: [...data] }),
      );

const suggestionsOf = (
  { candidates, date }: FoundAdvice,
  safeguard: Safeguard,
  answered: readonly StoredAnswer[],
): Advice['suggestions'] =>
  choose(candidates, { safeguard, answered, today: date }).map(({ putOff, plug: _plug, ...one }) => ({
    ...one,
    state: putOff ? 'later' : 'open',
  }));

/** Suggestions for a home, notes on the weather, and what became of what it took. */
export const listAdvice = async (deps: AdviceDeps, householdId: string): Promise<Advice> => {
  const { table, clock } = deps;
  const nowMs = clock.now();
  const today = localDate(nowMs);
  const [agreed, isVulnerable] = await Promise.all([
    hasConsent(table, householdId, 'analysis'),
    readSafeguard(table, householdId),
  ]);
  const nothing = { householdId, safeguard: null, suggestions: [], notes: [], results: [], isVulnerable };
  if (!agreed) return { ...nothing, madeAtMs: nowMs, withheld: 'no-consent' };

  const [premises, { answers }] = await Promise.all([
    readPremises(deps, householdId, today),
    readAnswers(table, householdId),
  ]);
  const [found, ahead] = await Promise.all([
    findAdvice(deps, premises, answers),
    readAhead(deps, premises.profile.region),
  ]);
  const protectedHome = isVulnerable || isVulnerableBy(supplyOn(premises.rows, today).supply.discounts);
  const safeguard = safeguardOf({ isVulnerable: protectedHome, outlook: ahead.outlook }, today);
  return {
    householdId,
    madeAtMs: found.madeAtMs,
    withheld: found.isCollecting ? 'collecting' : null,
    safeguard: safeguard.shown,
    suggestions: suggestionsOf(found, safeguard, answers),
    notes: notesOf(found, ahead),
    results: resultsOf(found, answers),
    isVulnerable,
  };
};
