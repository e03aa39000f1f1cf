import { readSelf } from '@hems/shared/partner-api/self';
import { partnerEndpoint, partnerHttp } from '../runtime/partner.ts';
import { table } from '../runtime/ports.ts';
import { shownKey } from '../use-cases/partners/show-partner.ts';
import { listEndpoints } from '../use-cases/webhooks/endpoints.ts';
import { readPartnerKeys, readPartnerRefusals } from '../use-cases/stores/partners.ts';

export const handler = partnerHttp([
  partnerEndpoint(readSelf, async ({ partner: { partnerId, name, kind, scopes } }) => ({
    partnerId,
    name,
    kind,
    scopes,
    keys: (await readPartnerKeys(await table(), partnerId)).map(shownKey),
    webhooks: (await listEndpoints({ table: await table() }, partnerId)).map(
      ({ endpointId, url, status, why, statusAtMs }) => ({ endpointId, url, status, why, statusAtMs }),
    ),
    refusals: [...(await readPartnerRefusals(await table(), partnerId)).entries],
  })),
]);
