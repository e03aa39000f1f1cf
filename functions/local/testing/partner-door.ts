import { randomUUID, type webcrypto } from 'node:crypto';
import { join } from 'node:path';
import type { Noun } from '@hems/shared/api/contract';
import type { PartnerNoun } from '@hems/shared/partner-api/contract';
import { SCOPES } from '@hems/shared/partner-api/scopes';
import { contentDigest, toBase64, utf8 } from '@hems/shared/signing/digest';
import { privateKey, signBytes, type Algorithm, type SigningKey } from '@hems/shared/signing/keys';
import type { HttpRequest } from '@hems/shared/signing/request';
import { inputText, signatureBase, type SignatureInput } from '@hems/shared/signing/signature-base';
import { handler as authorizer } from '../../partner/authorizer.ts';
import { clock, partnerOrigin, table } from '../../runtime/ports.ts';
import type { PartnerHandler } from '../../runtime/partner.ts';
import { putPartner, putPartnerKey, type Partner, type PartnerKey } from '../../use-cases/stores/partners.ts';
import { systemClock } from '../clock.ts';
import { accessKeysFile, addAccessKey } from '../partner/access-keys.ts';
import type { ApiHandler } from '../http/api.ts';
import type { PartnerDoorParts } from '../partner/door.ts';
import { partnerHandlers } from '../partner/handlers.ts';
import { aFrontDoor } from './front-door.ts';

const GENERATE = { ed25519: { name: 'Ed25519' }, 'ecdsa-p256-sha256': { name: 'ECDSA', namedCurve: 'P-256' } };

/** A new pair: what the partner signs with, and what the operator enters. */
export const aKeyPair = async (keyId: string, algorithm: Algorithm = 'ed25519') => {
  const pair = (await crypto.subtle.generateKey(GENERATE[algorithm], true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const { d, key_ops: _operations, ext: _ext, ...open } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  const jwk = { ...open, kty: open.kty ?? '' };
  return { own: await privateKey(keyId, algorithm, { ...jwk, ...(d !== undefined && { d }) }), jwk };
};

export type Signing = {
  readonly key: SigningKey;
  /** relative to now, seconds */
  readonly created?: number;
  readonly expires?: number;
  readonly nonce?: string;
};

/** Signs as the profile asks, or off it by what is said. */
export const signed = async (request: HttpRequest, how: Signing): Promise<HttpRequest> => {
  const nowS = Math.floor(Date.now() / 1000);
  const { key, created = 0, expires = created + 60, nonce = randomUUID() } = how;
  const headers: Record<string, string> = { ...request.headers };
  if (request.body.length > 0) headers['content-digest'] = await contentDigest(request.body);
  const input: SignatureInput = {
    components: ['@method', '@target-uri', ...Object.keys(headers)],
    parameters: new Map<string, string | number>([
      ['created', nowS + created],
      ['expires', nowS + expires],
      ['nonce', nonce],
      ['keyid', key.keyId],
    ]),
  };
  const base = signatureBase({ ...request, headers }, input) ?? '';
  return {
    ...request,
    headers: {
      ...headers,
      'signature-input': `a=${inputText(input)}`,
      signature: `a=:${toBase64(await signBytes(key, utf8(base)))}:`,
    },
  };
};

export const sent = async ({ method, url, headers, body }: HttpRequest): Promise<Response> =>
  fetch(url, { method, headers, redirect: 'manual', ...(body.length > 0 && { body }) });

type Parts = Partial<Pick<PartnerDoorParts, 'limit'>> & {
  /** of the operator's API, those that answer in earnest */
  readonly handlers?: Partial<Record<Noun, ApiHandler>>;
  /** in place of those of the partner API */
  readonly partnerHandlers?: Partial<Record<PartnerNoun, PartnerHandler>>;
};

/** The local front door with the partner API in earnest, in a folder of its own. */
export const aPartnerDoor = async ({ limit, handlers = {}, partnerHandlers: given = {} }: Parts = {}) => {
  const partner = { handlers: { ...partnerHandlers, ...given }, authorizer, ...(limit && { limit }) };
  const door = await aFrontDoor({ partner, handlers });
  table.use(door.table);
  clock.use(systemClock);
  partnerOrigin.use(door.origin);
  const nowMs = Date.now();
  const enter = async (over: Partial<Partner> & Pick<Partner, 'partnerId'>): Promise<void> =>
    putPartner(door.table, { name: '시범 기관', kind: 'government', scopes: [...SCOPES], status: 'active', ...over });
  /** A key of a partner, entered with the operator: it counts from a minute ago. */
  const key = async (keyId: string, over: Partial<PartnerKey> = {}): Promise<SigningKey> => {
    const algorithm = over.algorithm ?? 'ed25519';
    const { own, jwk } = await aKeyPair(keyId, algorithm);
    await putPartnerKey(door.table, {
      keyId,
      algorithm,
      jwk,
      fromMs: nowMs - 60_000,
      untilMs: null,
      revokedAtMs: null,
      ...over,
    });
    return own;
  };
  return {
    ...door,
    enter,
    key,
    accessKey: async (partnerId: string) => addAccessKey(accessKeysFile(join(door.folder, 'idp')), partnerId),
  };
};
export type TestPartnerDoor = Awaited<ReturnType<typeof aPartnerDoor>>;
