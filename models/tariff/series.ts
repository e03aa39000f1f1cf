import { priceBill, type BillAnswer } from './bill.ts';
import type { BillRequest } from './request.ts';
import { refused } from './refusal.ts';

/**
 * The bills of one household's meter-reading periods, in order. Credit that net metering leaves is carried into the next;
 * a period that begins before the one before has ended is refused.
 */
export const priceSeries = (requests: readonly BillRequest[]): BillAnswer[] => {
  let carriedKwh = 0;
  return requests.map((request, i) => {
    const before = requests[i - 1];
    if (before && request.from <= before.to)
      return refused(
        'overlapping-periods',
        'from',
        `the period from ${request.from} begins before ${before.from} to ${before.to} has ended`,
      );
    const { netMetering } = request;
    const answer = priceBill(
      netMetering
        ? { ...request, netMetering: { ...netMetering, carriedKwh: netMetering.carriedKwh + carriedKwh } }
        : request,
    );
    if (answer.status === 'priced') carriedKwh = answer.netMetering?.carriedOutKwh ?? 0;
    return answer;
  });
};
