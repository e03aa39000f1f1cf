import {
  closeLineDispute,
  listLineDisputes,
  openLineDispute,
  readLineDispute,
} from '@hems/shared/partner-api/disputes';
import { officeDeps } from '../runtime/office-deps.ts';
import { partnerEndpoint, partnerHttp } from '../runtime/partner.ts';
import {
  closeLineDispute as close,
  listLineDisputes as list,
  openLineDispute as open,
  readLineDispute as read,
} from '../use-cases/government/line-disputes.ts';

export const handler = partnerHttp([
  partnerEndpoint(openLineDispute, async ({ partner, params, body }) =>
    open(await officeDeps(), partner, { ...params, ...body }),
  ),
  partnerEndpoint(readLineDispute, async ({ partner, params }) => read(await officeDeps(), partner, params)),
  partnerEndpoint(closeLineDispute, async ({ partner, params }) => close(await officeDeps(), partner, params)),
  partnerEndpoint(listLineDisputes, async ({ partner, params, query }) =>
    list(await officeDeps(), partner, { ...params, ...query }),
  ),
]);
