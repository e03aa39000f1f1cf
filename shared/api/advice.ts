import * as z from 'zod/mini';
import { ADVICE_ANSWERS, ADVICE_CAUSES, NOTE_CODES, RESULT_REASONS, RULE_CODES } from '@hems/models/advice/codes';
import { epochMs, householdParams, localDate, nothing } from './nouns.ts';
import { route } from './route.ts';

export { ADVICE_CAUSES };

const household = '/v1/households/{householdId}/advice';

const won = z.int();
/** a figure of the home that the suggestion rests on, as the rule names it */
const datum = z.object({ name: z.string(), value: z.number(), unit: z.string() });

const suggestion = z.object({
  adviceId: z.string(),
  rule: z.enum(RULE_CODES),
  /** what would be saved a month, as far as it can be known */
  wonPerMonth: z.object({ low: won, high: won }),
  data: z.array(datum),
  since: localDate,
  /** the plug that it is about; null: the home as a whole */
  deviceId: z.nullable(z.string()),
  /** `later`: it was put off once and has come back */
  state: z.enum(['open', 'later']),
});

/** What an accepted suggestion came to, once enough days are over. */
const result = z.object({
  adviceId: z.string(),
  rule: z.enum(RULE_CODES),
  acceptedOn: localDate,
  /** `measuring` until four weeks are over */
  state: z.enum(['measuring', 'measured', 'unclear']),
  /** of `unclear`: why nothing can be claimed */
  because: z.nullable(z.enum(RESULT_REASONS)),
  wonPerMonth: z.nullable(z.object({ low: won, high: won })),
});

export const listAdvice = route({
  name: 'listAdvice',
  method: 'GET',
  path: household,
  auth: 'resident',
  summary: 'At most three suggestions with what each would save, notes on the weather, and what became of earlier ones',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: z.object({
    householdId: z.string(),
    madeAtMs: epochMs,
    /** null: nothing stands in the way of suggestions */
    withheld: z.nullable(z.enum(['collecting', 'no-consent'])),
    /** why heating and cooling are left alone */
    safeguard: z.nullable(z.enum(['heat-wave', 'cold-wave', 'vulnerable-home'])),
    suggestions: z.array(suggestion).check(z.maxLength(3)),
    notes: z.array(z.object({ code: z.enum(NOTE_CODES), date: localDate, data: z.array(datum) })),
    results: z.array(result),
    isVulnerable: z.boolean(),
  }),
});
export type Advice = z.infer<typeof listAdvice.answer>;

export const answerAdvice = route({
  name: 'answerAdvice',
  method: 'POST',
  path: `${household}/{adviceId}/answer`,
  auth: 'resident',
  summary: 'Takes a suggestion, puts it off, or says that it is of no use and why',
  params: z.extend(householdParams, { adviceId: z.string().check(z.minLength(1), z.maxLength(64)) }),
  query: nothing,
  body: z.object({ answer: z.enum(ADVICE_ANSWERS), cause: z.optional(z.enum(ADVICE_CAUSES)) }),
  answer: z.object({ adviceId: z.string(), state: z.enum(['accepted', 'later', 'dismissed']) }),
});

export const setSafeguard = route({
  name: 'setSafeguard',
  method: 'PUT',
  path: `${household}/safeguard`,
  auth: 'resident',
  summary: 'Says that somebody lives here for whom less heating or cooling is a danger',
  params: householdParams,
  query: nothing,
  body: z.object({ isVulnerable: z.boolean() }),
  answer: z.object({ isVulnerable: z.boolean() }),
});
