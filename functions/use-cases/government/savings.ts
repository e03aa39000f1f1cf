import * as z from 'zod';
import { localDate } from '@hems/models/calendar/seoul';
import { settlementInputs } from '@hems/models/incentive/inputs';
import { sumAmounts, type Entry } from '@hems/models/ledger/entry';
import { verifiedSaving, type VerifiedSaving } from '@hems/models/partner/verified-saving';
import type { Saving } from '@hems/shared/partner-api/savings';
import { readInputsOf, readPeriod, walkSettled, type Frozen, type SettledPlace } from '../stores/ledger.ts';
import { keepPlace, placeOf } from '../stores/partner-cursors.ts';
import type { Partner } from '../stores/partners.ts';
import { viewEntry } from '../view-entry.ts';
import { PAGE } from './applications.ts';
import { requireOffice, show, type OfficeDeps, type Shown } from './office.ts';

type OfPeriod = { readonly programme: string; readonly period: string };
type Asked = OfPeriod & { readonly limit?: number | undefined; readonly cursor?: string | undefined };

const place = z.object({ list: z.int(), cursor: z.string().optional() });
const readPlace = (text: string | undefined): SettledPlace =>
  text === undefined ? { list: 0 } : place.parse(JSON.parse(text));

/** Frozen by us: what does not parse is an error of ours. */
export const savingOf = ({ inputs }: Frozen): VerifiedSaving => verifiedSaving(z.parse(settlementInputs, inputs));

/** Every entry of each household in the period; an index led to the first ones, and may lag. */
const periodsOf = async ({ table }: OfficeDeps, first: readonly Entry[]): Promise<Entry[][]> =>
  Promise.all(first.map((entry) => readPeriod(table, entry)));

const toSaving = (
  { participant, entries }: Shown<{ readonly entries: readonly Entry[] }>,
  frozen: Frozen | undefined,
  today: string,
): Saving[] => {
  const last = entries.at(-1);
  if (!last || !frozen) return [];
  const { period, endsOn, unit, evidence } = last;
  return [
    {
      participant,
      period,
      endsOn,
      unit,
      amount: sumAmounts(entries),
      ruleVersion: evidence.version,
      inputsHash: evidence.inputsHash,
      state: viewEntry(last, today).state,
      saving: savingOf(frozen),
    },
  ];
};

/** Whoever withdrew is asked for at each page anew, so it is in no page that is read from then on. */
export const listSavings = async (
  deps: OfficeDeps,
  partner: Partner,
  { programme, period, limit = PAGE, cursor }: Asked,
): Promise<{ savings: Saving[]; cursor: string | null }> => {
  requireOffice(partner, programme);
  const { partnerId } = partner;
  const list = { partnerId, list: `savings ${programme} ${period}` };
  const from = readPlace(await placeOf(deps, list, cursor));
  const page = await walkSettled(deps.table, { programme, period, which: 'first' }, { from, limit });
  const shown = await show(deps, partner, { of: page.entries, what: 'savings-read', why: `${programme} ${period}` });
  const entries = await periodsOf(deps, shown);
  const latest = entries.flatMap((own) => own.at(-1) ?? []);
  const inputs = new Map((await readInputsOf(deps.table, latest)).map((one, i) => [latest[i]?.householdId, one]));
  const today = localDate(deps.clock.now());
  return {
    savings: shown.flatMap(({ participant, householdId }, i) =>
      toSaving({ participant, entries: entries[i] ?? [] }, inputs.get(householdId), today),
    ),
    cursor: await keepPlace(deps, list, page.next && JSON.stringify(page.next)),
  };
};
