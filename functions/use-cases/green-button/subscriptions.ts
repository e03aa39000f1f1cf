import type { HouseholdQuarter } from '@hems/models/usage/balance';
import { ESPI_RESOURCES, listSubscriptions as listing } from '@hems/shared/partner-api/greenbutton';
import type { Keys } from '../../ports/keys.ts';
import type { Table } from '../../ports/table.ts';
import { quartersOfDays, type Dates } from '../days/household-quarters.ts';
import { householdOf, participantsOf } from '../partners/participants.ts';
import { hasConsent } from '../privacy/has-consent.ts';
import { recordAccess, type AccessDeps } from '../privacy/record-access.ts';
import { Refused } from '../refusal.ts';
import { readMadeUpHomes, type MadeUpHome } from '../sandbox/made-up-homes.ts';
import { madeUpQuarters } from '../sandbox/made-up-quarters.ts';
import type { Partner } from '../stores/partners.ts';
import { householdsIn, isInOneOf } from '../stores/places.ts';
import { readProof } from '../stores/proofs.ts';
import { readSites } from '../stores/sites.ts';

export type SubscriptionDeps = AccessDeps & { readonly keys: Pick<Keys, 'blindIndex'> };

/** A home that the partner may read now. */
export type Subscription = {
  readonly subscriptionId: string;
  readonly nowMs: number;
  /** whole Wh of both directions, of local days, both inclusive */
  readonly quarters: (dates: Dates) => Promise<HouseholdQuarter[]>;
};

/**
 * Who runs a building reads the homes in it that agree to `bems`, whose text says so: quarter hours, to the management and its system. The
 * agreement to `government` covers the periods of programmes, which settlements and their evidence tell; it opens no feed of readings.
 */
const requireBuildings = ({ kind }: Partner): void => {
  if (kind !== 'bems')
    throw new Refused(
      'forbidden',
      'what homes use is read by partners of kind bems, of the homes in their buildings',
      'no-green-button',
    );
};

const notThere = (subscriptionId: string): Refused =>
  new Refused(
    'not-found',
    `there is no subscription ${subscriptionId} that you may read; GET ${listing.path} lists them`,
    'no-subscription',
  );

const agrees = async (table: Table, householdId: string): Promise<boolean> =>
  (await readProof(table, householdId)).proof.state === 'proven' && (await hasConsent(table, householdId, 'bems'));

const buildingsOf = async (table: Table, { partnerId }: Partner): Promise<string[]> =>
  (await readSites(table, partnerId)).map(({ buildingIndex }) => buildingIndex);

const residentHome = async (deps: SubscriptionDeps, partner: Partner, id: string): Promise<string> => {
  requireBuildings(partner);
  const { table } = deps;
  const householdId = await householdOf(deps, partner.partnerId, id);
  if (householdId === undefined) throw notThere(id);
  const isThere = await isInOneOf(table, householdId, await buildingsOf(table, partner));
  if (!isThere || !(await agrees(table, householdId))) throw notThere(id);
  return householdId;
};

const madeUpHome = async ({ table }: SubscriptionDeps, { partnerId }: Partner, id: string): Promise<Subscription> => {
  const { homes, nowMs } = await readMadeUpHomes(table, partnerId);
  const home = homes.find(({ participant }) => participant === id);
  if (!home?.agrees) throw notThere(id);
  return { subscriptionId: id, nowMs, quarters: async (dates) => madeUpQuarters(home, dates, nowMs) };
};

type Asked = { readonly subscriptionId: string; /** of the access log: what of it is read */ readonly part: string };

/** The home behind a subscription, as of now. It finds the reading in its access log; of a made-up one there is none. */
export const openSubscription = async (
  deps: SubscriptionDeps,
  partner: Partner,
  { subscriptionId, part }: Asked,
): Promise<Subscription> => {
  if (partner.kind === 'sandbox') return madeUpHome(deps, partner, subscriptionId);
  const householdId = await residentHome(deps, partner, subscriptionId);
  const who = { kind: 'partner', id: partner.partnerId } as const;
  await recordAccess(deps, { householdId, who, what: 'usage-read', why: `green-button ${part}` });
  return {
    subscriptionId,
    nowMs: deps.clock.now(),
    quarters: (dates) => quartersOfDays(deps, householdId, dates),
  };
};

const PAGE = 100;

const AT_ONCE = 20;

/** In the partner's buildings, by their ids, one more than a page of those who agree. */
const agreeingAfter = async (table: Table, buildings: readonly string[], after: string): Promise<string[]> => {
  const there = (await Promise.all(buildings.map(async (one) => householdsIn(table, one)))).flat();
  const waiting = [...new Set(there)].filter((one) => one > after).toSorted();
  const found: string[] = [];
  for (let from = 0; from < waiting.length && found.length <= PAGE; from += AT_ONCE) {
    const some = waiting.slice(from, from + AT_ONCE);
    const agreed = await Promise.all(some.map(async (householdId) => agrees(table, householdId)));
    found.push(...some.filter((_, at) => agreed[at]));
  }
  return found.slice(0, PAGE + 1);
};

const participantsAfter = async (deps: SubscriptionDeps, partner: Partner, after: string | undefined) => {
  requireBuildings(partner);
  const last = after === undefined ? '' : await householdOf(deps, partner.partnerId, after);
  if (last === undefined) throw notThere(after ?? '');
  const found = await agreeingAfter(deps.table, await buildingsOf(deps.table, partner), last);
  return participantsOf(deps, partner.partnerId, found);
};

const madeUpAfter = (homes: readonly MadeUpHome[], after: string | undefined): string[] => {
  const all = homes.filter((home) => home.agrees).map(({ participant }) => participant);
  return all.slice(after === undefined ? 0 : all.indexOf(after) + 1);
};

/** A page of what `openSubscription` opens. */
export const listSubscriptions = async (deps: SubscriptionDeps, partner: Partner, after: string | undefined) => {
  const found =
    partner.kind === 'sandbox'
      ? madeUpAfter((await readMadeUpHomes(deps.table, partner.partnerId)).homes, after)
      : await participantsAfter(deps, partner, after);
  const page = found.slice(0, PAGE);
  return {
    subscriptions: page.map((subscriptionId) => ({
      subscriptionId,
      batch: `${ESPI_RESOURCES}/Batch/Subscription/${subscriptionId}`,
    })),
    after: found.length > PAGE ? (page.at(-1) ?? null) : null,
  };
};
