import type { Clock } from '../../ports/clock.ts';
import { handler as authorizer } from '../../partner/authorizer.ts';
import { partnerOrigin } from '../../runtime/ports.ts';
import type { DataDirectory } from '../data-directory.ts';
import { accessKeysFile } from './access-keys.ts';
import type { PartnerDoorParts } from './door.ts';
import { partnerHandlers } from './handlers.ts';

/** The plan of use of every partner here; in the cloud each has its own. */
const LIMIT = { perSecond: 20, burst: 40 };

type Place = { readonly data: DataDirectory; readonly origin: string; readonly clock: Clock };

/** The partner API of the local host: the Lambdas as they are deployed, and the access keys that stand in for IAM. */
export const openPartner = ({ data, origin, clock }: Place): PartnerDoorParts => {
  partnerOrigin.use(origin);
  return { handlers: partnerHandlers, authorizer, accessKeys: accessKeysFile(data.identity), clock, limit: LIMIT };
};
