import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  pingWebhook,
  replayDeliveries,
  rotateWebhookSecret,
} from '@hems/shared/partner-api/webhooks';
import { partnerEndpoint, partnerHttp } from '../runtime/partner.ts';
import { webhookDeps } from '../runtime/webhook-deps.ts';
import {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  listEndpoints,
  rotateSecret,
} from '../use-cases/webhooks/endpoints.ts';
import { ping, readDeliveries, replay } from '../use-cases/webhooks/log.ts';

type Asked = { readonly partner: { readonly partnerId: string }; readonly params: { readonly endpointId: string } };
const refOf = ({ partner: { partnerId }, params: { endpointId } }: Asked) => ({ partnerId, endpointId });

export const handler = partnerHttp([
  partnerEndpoint(listWebhooks, async ({ partner: { partnerId } }) => ({
    endpoints: await listEndpoints(await webhookDeps(), partnerId),
  })),
  partnerEndpoint(createWebhook, async ({ partner: { partnerId }, body, effect }) =>
    createEndpoint(await webhookDeps(), partnerId, { ...body, endpointId: effect }),
  ),
  partnerEndpoint(changeWebhook, async (asked) => ({
    endpoint: await changeEndpoint(await webhookDeps(), refOf(asked), asked.body),
  })),
  partnerEndpoint(deleteWebhook, async (asked) => ({
    endpoints: await deleteEndpoint(await webhookDeps(), refOf(asked)),
  })),
  partnerEndpoint(rotateWebhookSecret, async (asked) => rotateSecret(await webhookDeps(), refOf(asked))),
  partnerEndpoint(pingWebhook, async (asked) => ping(await webhookDeps(), refOf(asked), asked.effect)),
  partnerEndpoint(listDeliveries, async (asked) => readDeliveries(await webhookDeps(), refOf(asked), asked.query)),
  partnerEndpoint(replayDeliveries, async (asked) => replay(await webhookDeps(), refOf(asked), asked.body)),
]);
