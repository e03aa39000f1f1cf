import { subscriptionRoutes } from '@hems/shared/openadr/contract';
import { subscribeDeps } from '../../runtime/openadr-deps.ts';
import { openadrEndpoint, openadrHttp } from '../../runtime/openadr.ts';
import {
  createSubscription,
  deleteSubscription,
  listSubscriptions,
  readSubscription,
  updateSubscription,
} from '../../use-cases/openadr/subscriptions.ts';

export const handler = openadrHttp([
  openadrEndpoint(subscriptionRoutes.list, async ({ caller, query }) =>
    listSubscriptions(await subscribeDeps(), caller, query),
  ),
  openadrEndpoint(subscriptionRoutes.create, async ({ caller, body, effect }) =>
    createSubscription(await subscribeDeps(effect), caller, body),
  ),
  openadrEndpoint(subscriptionRoutes.read, async ({ caller, id }) =>
    readSubscription(await subscribeDeps(), caller, id),
  ),
  openadrEndpoint(subscriptionRoutes.update, async ({ caller, id, body }) =>
    updateSubscription(await subscribeDeps(), caller, { id, body }),
  ),
  openadrEndpoint(subscriptionRoutes.remove, async ({ caller, id }) =>
    deleteSubscription(await subscribeDeps(), caller, id),
  ),
]);
