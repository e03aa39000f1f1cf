import { readSelf } from '@hems/shared/partner-api/self';
import { partnerEndpoint, partnerHttp } from '../runtime/partner.ts';
import { table } from '../runtime/ports.ts';
import { readPartnerKeys } from '../use-cases/stores/partners.ts';

export const handler = partnerHttp([
  partnerEndpoint(readSelf, async ({ partner: { partnerId, name, kind, scopes } }) => ({
    partnerId,
    name,
    kind,
    scopes,
    keys: (await readPartnerKeys(await table(), partnerId)).map(({ jwk: _public, ...one }) => one),
    refusals: [],
  })),
]);
