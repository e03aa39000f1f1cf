import * as z from 'zod';
import { APPLICATION_STATES, type ApplicationState } from '@hems/models/incentive/application';
import { enrolment, type openApplicationState, type Enrolment } from '@hems/shared/api/programmes';
import type { Item, Key, Put, Query, Table } from '../../ports/table.ts';

/**
 * How a household takes part in programmes: `H#<household>` / `ENROL#<programme>` of table `ledger`, one item per programme with all
 * its steps. An application stands in index `i1` under `ENROL#<state>`, by programme: those an office has to act on, and those it has decided.
 */
const PREFIX = 'ENROL#';
const key = (householdId: string, programme: string): Key => ({
  table: 'ledger',
  pk: `H#${householdId}`,
  sk: `${PREFIX}${programme}`,
});
const parse = ({ data }: Item): Enrolment => z.parse(enrolment, data);

type OpenApplicationState = z.infer<typeof openApplicationState>;
const indexOf = (state: Enrolment['state']): string | undefined =>
  APPLICATION_STATES.some((one) => one === state) ? `${PREFIX}${state}` : undefined;

/** As it was read at `version`; 0: there is none. */
type KeptEnrolment = { readonly enrolment: Enrolment | undefined; readonly version: number };

export const readEnrolment = async (table: Table, householdId: string, programme: string): Promise<KeptEnrolment> => {
  const item = await table.get(key(householdId, programme));
  return item ? { enrolment: parse(item), version: item.version } : { enrolment: undefined, version: 0 };
};

export const listEnrolments = async (table: Table, householdId: string): Promise<Enrolment[]> => {
  const { items } = await table.query({ table: 'ledger', value: `H#${householdId}`, prefix: PREFIX });
  return items.map(parse);
};

/** Of several households, the enrolments in one programme. */
export const enrolmentsIn = async (
  table: Table,
  programme: string,
  householdIds: readonly string[],
): Promise<{ householdId: string; enrolment: Enrolment }[]> => {
  if (householdIds.length === 0) return [];
  const items = await table.batchGet(householdIds.map((householdId) => key(householdId, programme)));
  return items.flatMap((item) => (item ? [{ householdId: item.pk.slice('H#'.length), enrolment: parse(item) }] : []));
};

/** The write of an enrolment that was read at `version`, or not there (0). */
export const enrolmentPut = (householdId: string, data: Enrolment, version: number): Put => {
  const i1 = indexOf(data.state);
  return {
    ...key(householdId, data.programme),
    data,
    ...(i1 !== undefined && { i1 }),
    if: version === 0 ? { absent: true } : { version },
  };
};

type Application = { readonly householdId: string; readonly enrolment: Enrolment };

/** Found by the index, which may lag, and then read as they are: one that was moved in between is left out. */
const asTheyAre = async (table: Table, items: readonly Item[], state: ApplicationState): Promise<Application[]> => {
  if (items.length === 0) return [];
  const now = await table.batchGet(items.map(({ pk, sk }) => ({ table: 'ledger', pk, sk })));
  return now.flatMap((item) => {
    if (!item) return [];
    const found = parse(item);
    return found.state === state ? [{ householdId: item.pk.slice('H#'.length), enrolment: found }] : [];
  });
};

export const applicationsIn = async (table: Table, state: OpenApplicationState): Promise<Application[]> => {
  const { items } = await table.query({ table: 'ledger', by: 'i1', value: `${PREFIX}${state}` });
  return asTheyAre(table, items, state);
};

/** A page of the applications for one programme. */
export const applicationsPage = async (
  table: Table,
  { programme, state }: { readonly programme: string; readonly state: ApplicationState },
  page: Pick<Query, 'limit' | 'cursor'>,
): Promise<{ readonly applications: Application[]; readonly cursor: string | undefined }> => {
  const sk = `${PREFIX}${programme}`;
  const query = { table: 'ledger', by: 'i1', value: `${PREFIX}${state}`, from: sk, to: sk, ...page } as const;
  const { items, cursor } = await table.query(query);
  return { applications: await asTheyAre(table, items, state), cursor };
};
