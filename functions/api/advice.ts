import { answerAdvice, listAdvice, setSafeguard } from '@hems/shared/api/advice';
import { endpoint, http } from '../runtime/http.ts';
import { clock, pause, table, weather } from '../runtime/ports.ts';
import { answerAdvice as answer } from '../use-cases/advice/answer-advice.ts';
import { listAdvice as list } from '../use-cases/advice/list-advice.ts';
import { setSafeguard as set } from '../use-cases/advice/set-safeguard.ts';
import { requireMember } from '../use-cases/members/require-may.ts';

export const handler = http([
  endpoint(listAdvice, async ({ params: { householdId } }) =>
    list({ table: await table(), clock: await clock(), weather: await weather() }, householdId),
  ),
  endpoint(answerAdvice, async ({ member, params: { adviceId }, body }) =>
    answer({ table: await table(), clock: await clock(), pause }, requireMember(member), { adviceId, ...body }),
  ),
  endpoint(setSafeguard, async ({ member, body: { isVulnerable } }) =>
    set({ table: await table(), clock: await clock() }, requireMember(member), isVulnerable),
  ),
]);
