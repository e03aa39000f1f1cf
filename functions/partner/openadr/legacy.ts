import { ANSWER_HEADERS } from '@hems/shared/http/web-headers';
import { eiEvent, eiReport } from '@hems/shared/openadr/contract';
import { openadrDeps } from '../../runtime/openadr-deps.ts';
import { openadrHttp, rawEndpoint, textOf, type OpenadrEvent } from '../../runtime/openadr.ts';
import { openadr2b } from '../../runtime/ports.ts';
import type { OpenadrCaller } from '../../use-cases/openadr/caller.ts';
import { answerLegacy, readLegacy } from '../../use-cases/openadr/legacy.ts';
import { Refused } from '../../use-cases/refusal.ts';

const SERVICES = {
  EiEvent: ['oadrRequestEvent', 'oadrCreatedEvent'],
  EiReport: ['oadrRegisterReport', 'oadrUpdateReport'],
} as const;

const serve = (service: keyof typeof SERVICES) => async (event: OpenadrEvent, caller: OpenadrCaller) => {
  const codec = await openadr2b();
  const message = readLegacy(codec, textOf(event, /^(application|text)\/xml\s*(;|$)/i));
  if (!SERVICES[service].some((kind) => kind === message.kind))
    throw new Refused(
      'invalid',
      `${message.kind} is not of ${service}, which takes ${SERVICES[service].join(', ')}`,
      'other-service',
    );
  const body = codec.write(await answerLegacy(await openadrDeps(), caller, message));
  return { statusCode: 200, headers: { 'content-type': 'application/xml', ...ANSWER_HEADERS }, body };
};

export const handler = openadrHttp([rawEndpoint(eiEvent, serve('EiEvent')), rawEndpoint(eiReport, serve('EiReport'))]);
