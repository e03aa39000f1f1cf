import { getAuthServerInfo, listAllNotifiers } from '@hems/shared/openadr/contract';
import { openadrEndpoint, openadrHttp, openEndpoint } from '../../runtime/openadr.ts';
import { openadrTokenUrl } from '../../runtime/ports.ts';

export const handler = openadrHttp([
  openEndpoint(getAuthServerInfo, async () => ({ tokenURL: await openadrTokenUrl() })),
  openadrEndpoint(listAllNotifiers, async () => ({ WEBHOOK: true })),
]);
