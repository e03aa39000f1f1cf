import { listSavings } from '@hems/shared/partner-api/savings';
import { officeDeps } from '../runtime/office-deps.ts';
import { partnerEndpoint, partnerHttp } from '../runtime/partner.ts';
import { listSavings as list } from '../use-cases/government/savings.ts';

export const handler = partnerHttp([
  partnerEndpoint(listSavings, async ({ partner, params, query }) =>
    list(await officeDeps(), partner, { ...params, ...query }),
  ),
]);
