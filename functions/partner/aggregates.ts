import { readAggregates } from '@hems/shared/partner-api/aggregates';
import { partnerEndpoint, partnerHttp } from '../runtime/partner.ts';
import { table } from '../runtime/ports.ts';
import { readAggregates as read } from '../use-cases/government/read-aggregates.ts';

export const handler = partnerHttp([
  partnerEndpoint(readAggregates, async ({ partner, params: { month } }) =>
    read({ table: await table() }, partner, month),
  ),
]);
