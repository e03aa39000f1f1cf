import * as z from 'zod';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { CONSENT_PURPOSES, CONSENTS, type ConsentPurpose } from '@hems/models/household/consents';
import type { Check, Item, Key, Put, Table } from '../../ports/table.ts';

/**
 * What a household said to each purpose: `H#<household>` / `CONSENT#<purpose>` of table `homes`, the last word last. Of the community
 * there is none here: to have agreed to it is to be a member (`stores/community.ts`).
 */
const word = z.object({
  granted: z.boolean(),
  textVersion: z.int(),
  atMs: z.int(),
  /** who said it, by the identity provider's subject */
  personId: z.string(),
});
export type ConsentWord = z.infer<typeof word>;
const stored = z.object({ history: z.array(word) });

/** Version 0: never asked. */
export type KeptConsent = { readonly history: readonly ConsentWord[]; readonly version: number };
export type StoredPurpose = Exclude<ConsentPurpose, 'community'>;
export const isStored = (purpose: ConsentPurpose): purpose is StoredPurpose => purpose !== 'community';

const consentKey = (householdId: string, purpose: StoredPurpose): Key => ({
  table: 'homes',
  pk: `H#${householdId}`,
  sk: `CONSENT#${purpose}`,
});

export const readConsent = async (table: Table, householdId: string, purpose: StoredPurpose): Promise<KeptConsent> => {
  const item = await table.get(consentKey(householdId, purpose));
  return item ? { ...stored.parse(item.data), version: item.version } : { history: [], version: 0 };
};

/** Of several households, those that agree to the purpose as of now. */
export const grantedAmong = async (
  table: Table,
  householdIds: readonly string[],
  purpose: StoredPurpose,
): Promise<ReadonlySet<string>> => {
  if (householdIds.length === 0) return new Set();
  const items = await table.batchGet(householdIds.map((householdId) => consentKey(householdId, purpose)));
  const agrees = (item: Item | undefined): boolean =>
    item !== undefined && isGranted(purpose, stored.parse(item.data).history.at(-1));
  return new Set(householdIds.filter((_, i) => agrees(items[i])));
};

export const readAllConsents = async (
  table: Table,
  householdId: string,
): Promise<ReadonlyMap<StoredPurpose, KeptConsent>> => {
  const purposes = CONSENT_PURPOSES.filter(isStored);
  const items = await table.batchGet(purposes.map((purpose) => consentKey(householdId, purpose)));
  return new Map(
    purposes.flatMap((purpose, i) => {
      const item = items[i];
      return item ? [[purpose, { ...stored.parse(item.data), version: item.version }]] : [];
    }),
  );
};

/** An agreement counts for the text it was given to. */
export const isGranted = (purpose: ConsentPurpose, last: Pick<ConsentWord, 'granted' | 'textVersion'> | undefined) =>
  last?.granted === true && last.textVersion === CONSENTS[purpose].textVersion;

/** So many words are kept of each purpose; nobody changes his mind more often for a reason. */
const WORDS_KEPT = 100;

/** What lapses is gone as a whole: nothing is agreed to, and it is as if it had never been asked. */
const lapseOf = (purpose: StoredPurpose, { granted, atMs }: ConsentWord): Pick<Put, 'expiresAt'> => {
  const { lastsDays } = CONSENTS[purpose];
  return granted && lastsDays !== undefined ? { expiresAt: Math.floor((atMs + lastsDays * DAY_MS) / 1000) } : {};
};

export const consentPut = (
  householdId: string,
  { purpose, kept, said }: { readonly purpose: StoredPurpose; readonly kept: KeptConsent; readonly said: ConsentWord },
): Put => ({
  ...consentKey(householdId, purpose),
  data: { history: [...kept.history, said].slice(-WORDS_KEPT) },
  ...lapseOf(purpose, said),
  if: kept.version === 0 ? { absent: true } : { version: kept.version },
});

/** Still as it was read; for what must not be done on a consent withdrawn in between. */
export const consentCheck = (householdId: string, purpose: StoredPurpose, { version }: KeptConsent): Check => ({
  ...consentKey(householdId, purpose),
  if: { version },
});
