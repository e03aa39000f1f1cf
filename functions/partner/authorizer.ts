import { partnerAuthorizer } from '../runtime/partner-authorizer.ts';
import { clock, ids, table } from '../runtime/ports.ts';
import { authenticate } from '../use-cases/partners/authenticate.ts';

/** Tells whose HTTP Message Signature a request carries; asked at each request, because a nonce is good once. */
export const handler = partnerAuthorizer(async (request) =>
  authenticate({ table: await table(), clock: await clock(), ids: await ids() }, request),
);
