import { readBill } from '@hems/shared/api/tariffs';
import { endpoint, http } from '../runtime/http.ts';
import { Refused } from '../use-cases/refusal.ts';
import { priceBill } from '../use-cases/price-bill.ts';

export const handler = http([
  endpoint(readBill, async ({ query }) => {
    const answer = priceBill(query);
    if (answer.status === 'refused') throw new Refused('invalid', `${answer.at}: ${answer.detail}`);
    return answer;
  }),
]);
