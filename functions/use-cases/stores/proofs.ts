import * as z from 'zod';
import type { Check, Item, Key, Put, Table } from '../../ports/table.ts';

/**
 * Whether somebody has proved that the household's people live there: `H#<household>` / `PROOF` of table `homes`. Until it is `proven`
 * no reading, bill or device is shown (`runtime/http.ts`). While an operator has to decide it stands in index `i1` under `PROOF#waiting`.
 */
export const proof = z.object({
  state: z.enum(['none', 'waiting', 'proven', 'refused']),
  by: z.nullable(z.enum(['invitation', 'operator', 'provider', 'demo'])),
  /** epoch ms of the last step */
  atMs: z.int(),
  /** why it was refused, for the resident to read */
  reason: z.nullable(z.string()),
});
export type Proof = z.infer<typeof proof>;

export const NO_PROOF: Proof = { state: 'none', by: null, atMs: 0, reason: null };

const WAITING = 'PROOF#waiting';

export const proofKey = (householdId: string): Key => ({ table: 'homes', pk: `H#${householdId}`, sk: 'PROOF' });
export const parseProof = (item: Item | undefined): Proof => (item ? proof.parse(item.data) : NO_PROOF);

/** As it was read at `version`; 0: nothing was tried. */
export type KeptProof = { readonly proof: Proof; readonly version: number };

export const readProof = async (table: Table, householdId: string): Promise<KeptProof> => {
  const item = await table.get(proofKey(householdId));
  return { proof: parseProof(item), version: item?.version ?? 0 };
};

const asRead = (version: number) => (version === 0 ? ({ absent: true } as const) : { version });

/** The write of a proof that was read at `version`, or not there (0). */
export const proofPut = (householdId: string, data: Proof, version: number): Put => ({
  ...proofKey(householdId),
  data,
  ...(data.state === 'waiting' && { i1: WAITING }),
  if: asRead(version),
});

/** The proof is still the one that was read. */
export const proofCheck = (householdId: string, { version }: KeptProof): Check => ({
  ...proofKey(householdId),
  if: asRead(version),
});

export type WaitingProof = { readonly householdId: string; readonly atMs: number };
/** The longest first, each in a place of its own. */
export const waitsLonger = (a: WaitingProof, b: WaitingProof): number =>
  a.atMs - b.atMs || (a.householdId < b.householdId ? -1 : Number(a.householdId > b.householdId));

/** From an index, so each is one that waited a moment ago; the longest first. */
export const waitingProofs = async (table: Table): Promise<WaitingProof[]> => {
  const { items } = await table.query({ table: 'homes', by: 'i1', value: WAITING });
  return items
    .map((item) => ({ householdId: item.pk.slice('H#'.length), ...parseProof(item) }))
    .filter(({ state }) => state === 'waiting')
    .map(({ householdId, atMs }) => ({ householdId, atMs }))
    .toSorted(waitsLonger);
};

/** Of several households, those of which somebody has proved that they live there. */
export const provenOf = async (table: Table, householdIds: readonly string[]): Promise<string[]> => {
  if (householdIds.length === 0) return [];
  const items = await table.batchGet(householdIds.map(proofKey));
  return householdIds.filter((_, i) => parseProof(items[i]).state === 'proven');
};

const listedKey = (householdId: string, staffId: string): Key => ({
  table: 'homes',
  pk: `H#${householdId}`,
  sk: `LISTED#${staffId}`,
});

/** Until `untilMs` the access log need not be told again that this member of staff has seen the household in the waiting list. */
export const listedPut = (householdId: string, staffId: string, untilMs: number): Put => ({
  ...listedKey(householdId, staffId),
  data: {},
  expiresAt: Math.floor(untilMs / 1000),
});

/** Of several households, those of which the access log has to be told. */
export const notListed = async (table: Table, householdIds: readonly string[], staffId: string): Promise<string[]> => {
  if (householdIds.length === 0) return [];
  const items = await table.batchGet(householdIds.map((householdId) => listedKey(householdId, staffId)));
  return householdIds.filter((_, i) => items[i] === undefined);
};
