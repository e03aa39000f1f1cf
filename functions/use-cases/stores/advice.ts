import * as z from 'zod';
import { addDays, DAY_MS, dayStart } from '@hems/models/calendar/seoul';
import { ADVICE_ANSWERS, ADVICE_CAUSES, RESULT_REASONS, RULE_CODES } from '@hems/models/advice/codes';
import { supply } from '@hems/models/household/supply';
import type { Key, Put, Table } from '../../ports/table.ts';

/**
 * What was found for a household on its last day of asking, `ADVICE`, and what it said to suggestions, `ADVICE-ANSWERS`; table `homes`. What
 * is shown of it is chosen at each reading: a warning of heat holds at once, and so does an answer.
 */
const date = z.string();
const datum = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.enum(['W', 'Wh', 'kWh', 'cdegc', 'permille', 'days', 'hours']),
});
const won = z.object({ low: z.int().nonnegative(), high: z.int().nonnegative() });
const contract = z.object({ ...supply.shape, region: z.enum(['mainland', 'jeju']).optional() });
const about = { adviceId: z.string(), rule: z.enum(RULE_CODES), deviceId: z.string().nullable() };

/** how the plug that it is about was used (models/advice/plug-idle.ts); null: it is about none */
const plug = z.object({ restW: z.number(), offShare: z.array(z.number()).readonly() }).nullable();
const candidate = z.object({
  ...about,
  wonPerMonth: won,
  data: z.array(datum),
  since: date,
  plug,
});
const slope = z.object({
  side: z.enum(['heating', 'cooling']),
  balanceCdegc: z.number(),
  whPerDegree: z.number(),
  errorWh: z.number(),
  days: z.int(),
});
const result = z.discriminatedUnion('state', [
  z.object({ state: z.literal('measuring'), because: z.null(), wonPerMonth: z.null() }),
  z.object({ state: z.literal('measured'), because: z.null(), wonPerMonth: won }),
  z.object({ state: z.literal('unclear'), because: z.enum(RESULT_REASONS), wonPerMonth: z.null() }),
]);
const found = z.object({
  date,
  /** what it rests on beside the days, as one text */
  basis: z.string(),
  madeAtMs: z.int(),
  isCollecting: z.boolean(),
  contract,
  candidates: z.array(candidate),
  results: z.array(
    /** of an answer by its day: what is taken again is measured again */
    z.object({ adviceId: z.string(), acceptedOn: date, result }),
  ),
  sense: z.object({
    slopes: z.object({ heating: slope.optional(), cooling: slope.optional() }),
    lastCdegc: z.array(z.int()),
    solarWh: z.int().nullable(),
  }),
});
export type FoundAdvice = z.infer<typeof found>;

const answered = z.object({
  ...about,
  answer: z.enum(ADVICE_ANSWERS),
  cause: z.enum(ADVICE_CAUSES).nullable(),
  onDate: date,
  lowWon: z.int(),
  plug,
  contract,
});
export type StoredAnswer = z.infer<typeof answered>;
const answers = z.object({ answers: z.array(answered) });

const home = (householdId: string, sk: string): Key => ({ table: 'homes', pk: `H#${householdId}`, sk });

/** Results are told for so long after a suggestion was taken, and what was found, a result among it, is kept as long: a result stands. */
export const RESULT_DAYS = 180;

/** Version 0: nothing was found yet. What an older release found counts as nothing: the next asking finds it anew, at this version. */
export type KeptFound = { readonly found: FoundAdvice | undefined; readonly version: number };

export const readFound = async (table: Table, householdId: string): Promise<KeptFound> => {
  const item = await table.get(home(householdId, 'ADVICE'));
  return { found: item && found.safeParse(item.data).data, version: item?.version ?? 0 };
};

export const foundPut = (householdId: string, one: FoundAdvice, version: number): Put => ({
  ...home(householdId, 'ADVICE'),
  data: one,
  expiresAt: Math.ceil((dayStart(addDays(one.date, 1)) + RESULT_DAYS * DAY_MS) / 1000),
  if: version === 0 ? { absent: true } : { version },
});

/** Version 0: nothing was ever said. */
type KeptAnswers = { readonly answers: readonly StoredAnswer[]; readonly version: number };

export const readAnswers = async (table: Table, householdId: string): Promise<KeptAnswers> => {
  const item = await table.get(home(householdId, 'ADVICE-ANSWERS'));
  return item ? { ...answers.parse(item.data), version: item.version } : { answers: [], version: 0 };
};

/** There are ten rules; more words than that are years old. A word for good is not forgotten. */
const ANSWERS_KEPT = 60;

const isForGood = ({ cause }: StoredAnswer): boolean => cause === 'not-possible';
const keptOf = (said: readonly StoredAnswer[]): StoredAnswer[] => {
  const passing = said.filter((one) => !isForGood(one)).slice(-ANSWERS_KEPT);
  return said.filter((one) => isForGood(one) || passing.includes(one));
};

/** Both are gone at once: what they rest on is no longer agreed to. */
export const endAdvice = async (table: Table, householdId: string, nowMs: number): Promise<void> => {
  const expiresAt = Math.floor(nowMs / 1000);
  for (const sk of ['ADVICE', 'ADVICE-ANSWERS']) {
    const key = home(householdId, sk);
    if (await table.get(key)) await table.put({ ...key, data: {}, expiresAt });
  }
};

export const answersPut = (householdId: string, { answers: said, version }: KeptAnswers): Put => ({
  ...home(householdId, 'ADVICE-ANSWERS'),
  data: { answers: keptOf(said) },
  if: version === 0 ? { absent: true } : { version },
});
