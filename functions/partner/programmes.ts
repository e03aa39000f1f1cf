import { listProgrammes } from '@hems/shared/partner-api/programmes';
import { partnerEndpoint, partnerHttp } from '../runtime/partner.ts';
import { clock } from '../runtime/ports.ts';
import { listOwnProgrammes } from '../use-cases/government/programmes.ts';

export const handler = partnerHttp([
  partnerEndpoint(listProgrammes, async ({ partner }) => listOwnProgrammes({ clock: await clock() }, partner)),
]);
