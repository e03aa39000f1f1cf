import { canonicalJson } from '../../use-cases/canonical-hash.ts';
import type { Message } from './meter-story.ts';
import { moneyLeft, moneyViolations, type Owed } from './owed.ts';
import type { Asked } from './asked.ts';
import type { Stored } from './stored.ts';

/** What was acknowledged to the outside until now. */
export type Promised = { readonly acknowledged: readonly Message[]; readonly asked: Asked; readonly owed: Owed };

/** In which order the states of a payout may follow each other; a rail that never heard of it is called again. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  pending: ['approved', 'unknown', 'paid', 'refused'],
  approved: ['unknown', 'paid', 'refused'],
  unknown: ['approved', 'paid', 'refused'],
  paid: [],
  refused: [],
};

const some = (all: readonly string[]): string =>
  `${all.slice(0, 3).join(', ')}${all.length > 3 ? ` and ${all.length - 3} more` : ''}`;
const repeated = (all: readonly string[]): string[] => {
  const seen = new Set<string>();
  return all.filter((one) => seen.size === seen.add(one).size);
};
const unless = (bad: readonly string[], sentence: string): string[] =>
  bad.length === 0 ? [] : [`${sentence}: ${some(bad)}`];

/** Rule 1: an acknowledged reading is in the quarter hours and the history, or kept with a reason; and stands there once. */
const ofReadings = (now: Stored, { acknowledged }: Promised): string[] => {
  const [slots, history] = [new Set(now.slotRows), new Set(now.historyRows)];
  const points = acknowledged.flatMap((one) => one.points.map(({ deviceId, ts }) => `${deviceId}@${ts}`));
  const lost = points.filter((point) => !slots.has(point) || !history.has(point));
  const gone = acknowledged.filter(
    ({ points: none, payload }) => none.length === 0 && !now.keptOut.has(Buffer.from(payload).toString('base64')),
  );
  return [
    ...unless(lost, 'acknowledged readings are lost'),
    ...unless(
      gone.map(({ payload }) => payload),
      'acknowledged messages are neither taken in nor kept with a reason',
    ),
    ...unless(repeated(now.slotRows), 'readings count twice in a quarter hour'),
    ...unless(repeated(now.historyRows), 'readings stand twice in the history'),
  ];
};

/** Rule 5: entries never change, revisions chain without a gap, a period is worth its inputs, balances are the sums of their entries. */
const ofLedger = (before: Stored | undefined, now: Stored): string[] => {
  const changed = [...(before?.entries ?? [])].filter(([key, text]) => now.entries.get(key) !== text);
  const broken = now.periods.filter(({ revisions }) => revisions.some((revision, index) => revision !== index));
  const overpaid = now.periods.filter(({ sum, recomputed }) => recomputed !== undefined && sum !== recomputed);
  const unequal = now.balances.filter(({ kept, addedUp }) => canonicalJson(kept) !== canonicalJson(addedUp));
  return [
    ...unless(
      changed.map(([key]) => key),
      'ledger entries were changed or are gone',
    ),
    ...unless(
      broken.map(({ of }) => of),
      'revisions do not chain',
    ),
    ...unless(
      overpaid.map(({ of, sum, recomputed }) => `${of} stands at ${sum}, is worth ${recomputed}`),
      'a period is not settled once',
    ),
    ...unless(
      unequal.map(({ householdId }) => householdId),
      'balances are not the sums of their entries',
    ),
  ];
};

/** Money leaves once: states go forward, the rail has a payment at most once, and whatever is paid here is paid there. */
const ofPayouts = (before: Stored | undefined, now: Stored): string[] => {
  const back = [...(before?.payouts ?? [])].filter(([key, was]) => {
    const is = now.payouts.get(key);
    return !is || is.amount !== was.amount || (is.state !== was.state && !NEXT[was.state]?.includes(is.state));
  });
  const rail = new Map(now.rail.map((line) => [line.key, line]));
  const differs = [...now.payouts].filter(
    ([key, { state, amount }]) =>
      state === 'paid' && (rail.get(key)?.answer !== 'paid' || rail.get(key)?.amount !== amount),
  );
  const unasked = now.rail.filter(
    ({ key, answer }) => answer === 'paid' && !['unknown', 'paid'].includes(now.payouts.get(key)?.state ?? 'absent'),
  );
  return [
    ...unless(
      back.map(([key]) => key),
      'payouts went backwards or changed',
    ),
    ...unless(repeated(now.rail.map(({ key }) => key)), 'the rail has payments twice'),
    ...unless(
      differs.map(([key]) => key),
      'payouts are paid here and not at the rail',
    ),
    ...unless(
      unasked.map(({ key }) => key),
      'the rail paid what was not let go',
    ),
  ];
};

/** What was answered over HTTP is there, and an Idempotency-Key had one effect. */
const ofAsked = (now: Stored, { asked }: Promised): string[] => {
  const lost = asked.payouts.filter(
    ({ householdId, payoutId, amount, acknowledged }) =>
      acknowledged && now.payouts.get(`${householdId}.${payoutId}`)?.amount !== amount,
  );
  const twice = asked.pings.filter(({ answers }) => answers.size > 1);
  const unsent = asked.pings.flatMap(({ answers }) => [...answers]).filter((id) => !now.deliveries.has(id));
  const effects = now.deliveries.size - asked.pings.length;
  return [
    ...unless(
      lost.map(({ payoutId }) => payoutId),
      'acknowledged payouts are gone',
    ),
    ...unless(
      twice.map(({ key }) => key),
      'an Idempotency-Key was answered in two ways',
    ),
    ...unless(unsent, 'acknowledged messages to the partner are gone'),
    ...(effects > 0 ? [`${asked.pings.length} Idempotency-Keys had ${now.deliveries.size} effects`] : []),
  ];
};

/** A message to a partner goes out under one id with one body, and what is called delivered was heard. */
const ofWebhooks = (now: Stored): string[] => {
  const bodies = new Map(now.received.map(({ id, body }) => [id, body]));
  const other = now.received.filter(({ id, body }) => bodies.get(id) !== body || now.deliveries.get(id)?.body !== body);
  const unheard = [...now.deliveries].filter(([id, { state }]) => state === 'delivered' && !bodies.has(id));
  return [
    ...unless(
      other.map(({ id }) => id),
      'a partner was told otherwise, or of what nobody said',
    ),
    ...unless(
      unheard.map(([id]) => id),
      'messages are called delivered that nobody heard',
    ),
  ];
};

/** What must hold at any moment, also right after a kill: a sentence for each violation. `before`: what was stored at the last look. */
export const violationsOf = (before: Stored | undefined, now: Stored, promised: Promised): string[] => [
  ...(now.integrity === 'ok' ? [] : [`the database is damaged: ${now.integrity}`]),
  ...ofReadings(now, promised),
  ...ofLedger(before, now),
  ...moneyViolations(now, promised.owed),
  ...ofPayouts(before, now),
  ...ofAsked(now, promised),
  ...ofWebhooks(now),
];

/** What must hold once everything is well again and nothing is under way: nothing waits, and nothing was given up. */
export const leftOver = (now: Stored, { asked, owed }: Promised): string[] => {
  const open = [...now.payouts].filter(
    ([, { state, told }]) => !['paid', 'refused', 'pending'].includes(state) || (state === 'paid' && !told),
  );
  const unsent = [...now.deliveries].filter(([, { state }]) => state !== 'delivered');
  const queues = [...now.queues].filter(
    ([name, { waiting, dead }]) => (name !== 'presence-rechecks' && waiting > 0) || dead > 0,
  );
  const unanswered = asked.pings.filter(({ answers }) => answers.size === 0);
  return [
    ...unless(
      open.map(([key, { state }]) => `${key} is ${state}`),
      'payouts are still under way',
    ),
    ...unless(
      unsent.map(([id, { state }]) => `${id} is ${state}`),
      'messages to the partner are still under way',
    ),
    ...unless(
      queues.map(([name, { waiting, dead }]) => `${name}: ${waiting} waiting, ${dead} given up`),
      'queues are not empty',
    ),
    ...unless(
      unanswered.map(({ key }) => key),
      'requests were never answered',
    ),
    ...unless(now.running, 'runs are still under way'),
    ...moneyLeft(now, owed),
  ];
};
