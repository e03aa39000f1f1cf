import { decideApplication, listApplications, readApplication } from '@hems/shared/partner-api/applications';
import { officeDeps, tell } from '../runtime/office-deps.ts';
import { partnerEndpoint, partnerHttp } from '../runtime/partner.ts';
import {
  decideApplication as decide,
  listApplications as list,
  readApplication as read,
} from '../use-cases/government/applications.ts';

export const handler = partnerHttp([
  partnerEndpoint(listApplications, async ({ partner, params, query }) =>
    list(await officeDeps(), partner, { ...params, ...query }),
  ),
  partnerEndpoint(readApplication, async ({ partner, params }) => read(await officeDeps(), partner, params)),
  partnerEndpoint(decideApplication, async ({ partner, params, body }) =>
    decide({ ...(await officeDeps()), tell }, partner, { ...params, ...body }),
  ),
]);
