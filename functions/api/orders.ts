import { placeOrder, readOrder } from '@hems/shared/api/orders';
import { endpoint, http } from '../runtime/http.ts';
import { channel, clock, ids, table } from '../runtime/ports.ts';
import { orderDevice } from '../use-cases/order-device.ts';
import { Refused } from '../use-cases/refusal.ts';
import { orderAt, readOrder as read, type Order } from '../use-cases/stores/orders.ts';

const toAnswer = ({ command, state, stateTs, reason }: Order) => ({
  orderId: command.cmd_id,
  action: command.action,
  state,
  stateTs,
  issuedAt: command.issued_at,
  expiresAt: command.expires_at,
  ...(reason !== undefined && { reason }),
});

export const handler = http([
  endpoint(placeOrder, async ({ params, body, member }) => {
    if (!member) throw new Refused('forbidden', 'you are not a member of this household');
    const deps = { table: await table(), channel: await channel(), clock: await clock(), ids: await ids() };
    return toAnswer(await orderDevice(deps, member, { deviceId: params.deviceId, request: body }));
  }),
  endpoint(readOrder, async ({ params }) => {
    const found = await read(await table(), params.householdId, params.orderId);
    if (!found) throw new Refused('not-found', `there is no order ${params.orderId} of the last 7 days`);
    return toAnswer(orderAt(found.order, (await clock()).now()));
  }),
]);
