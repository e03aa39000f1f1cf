import middy from '@middy/core';
import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { ownerOfKey } from '../use-cases/stores/partners.ts';
import { env } from './env.ts';
import { tellShutOut } from './partner-refusals.ts';
import { allow, deny, signedRequestOf, type AuthorizerEvent, type ShutOut, type Signed } from './partner-signed.ts';
import { partnerOrigin } from './ports.ts';
import { idOfRequest } from './request-id.ts';
import { watched } from './watched.ts';

/** `keyId` of a refusal: the key that the request names is one of ours. */
type Found =
  | { readonly partnerId: string; readonly keyId: string }
  | { readonly refusal: ShutOut; readonly keyId?: string };

/** The REQUEST authorizer of a REST API; `authenticate` finds out whose request it is. */
export const partnerAuthorizer = (authenticate: (request: Signed) => Promise<Found>) =>
  watched(
    { correlationOf: idOfRequest },
    middy<AuthorizerEvent, APIGatewayAuthorizerResult>().handler(async (event: AuthorizerEvent) => {
      const signed = signedRequestOf(event, await partnerOrigin());
      const found: Found = 'refusal' in signed ? signed : await authenticate(signed.request);
      if (!('refusal' in found)) return allow(event, { ...found, stage: env().STAGE });
      const { refusal, keyId } = found;
      await tellShutOut({ ...refusal, ...(keyId !== undefined && { by: { partnerId: ownerOfKey(keyId), keyId } }) });
      return deny(event, refusal);
    }),
  );
