import { busEvent } from '../runtime/bus-event.ts';
import { log } from '../runtime/log.ts';
import { step } from '../runtime/step.ts';
import { tellDeps } from '../runtime/webhook-deps.ts';
import { tellWithdrawal } from '../use-cases/webhooks/tell-withdrawal.ts';

/** Rule `withdrawals` of the bus: `consent.changed`. What else partners are told of, its use case tells them (`tellPartner`). */
export const handler = step(busEvent, async (event) => {
  const report = await tellWithdrawal(await tellDeps(), event);
  log.info('partners told', { type: event.type, ...report });
  return report;
});
