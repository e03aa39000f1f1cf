import { sameBytes, utf8 } from '@hems/shared/signing/digest';
import type { HttpRequest } from '@hems/shared/signing/request';
import { SCHEME } from '@hems/shared/signing/sigv4';
import { readSigV4, verifySigV4, type SigV4Claim } from '@hems/shared/signing/verify-sigv4';
import type { Clock } from '../../ports/clock.ts';
import { tellShutOut } from '../../runtime/partner-refusals.ts';
import { CodedRefusal } from '../http/problem.ts';
import { readAccessKeys, type AccessKey } from './access-keys.ts';

/** Partners sign for the Region of the stage; here it is the one of Seoul. */
export const LOCAL_REGION = 'ap-northeast-2';

export const isSigV4 = (authorization: string | undefined): boolean => authorization?.startsWith(SCHEME) ?? false;

type Deps = { readonly file: string; readonly clock: Clock };
type Refusal = { readonly code: string; readonly detail: string };

const refusalOf = async (
  request: HttpRequest,
  claim: SigV4Claim,
  { key, nowMs }: { readonly key: AccessKey; readonly nowMs: number },
): Promise<Refusal | undefined> => {
  if (claim.region !== LOCAL_REGION)
    return { code: 'wrong-region', detail: `Sign for the Region ${LOCAL_REGION}, not ${claim.region}.` };
  const wrong = await verifySigV4(request, claim, { secret: key.secretAccessKey, nowS: Math.floor(nowMs / 1000) });
  if (wrong) return wrong;
  const said = request.headers['x-api-key'] ?? '';
  if (sameBytes(utf8(said), utf8(key.apiKey))) return undefined;
  return { code: 'no-plan', detail: 'Send the API key of your plan of use in x-api-key, beside the signature.' };
};

/** What IAM does before a request reaches the Lambda, and API Gateway with the API key of the usage plan. Refused, and told, otherwise. */
export const callerByIam = async ({ file, clock }: Deps, request: HttpRequest): Promise<AccessKey> => {
  const read = readSigV4(request);
  const key =
    'claim' in read
      ? (await readAccessKeys(file)).find(({ accessKeyId }) => accessKeyId === read.claim.accessKeyId)
      : undefined;
  const refusal = await whyNot(read, key, { request, nowMs: clock.now() });
  if (key && !refusal) return key;
  const { code, detail } = refusal ?? UNKNOWN;
  await tellShutOut({ code, detail, ...(key && { by: { partnerId: key.partnerId, keyId: key.accessKeyId } }) });
  throw new CodedRefusal(403, { code, detail });
};

const UNKNOWN: Refusal = {
  code: 'unknown-key',
  detail: 'The access key is nobody’s; npm run hems -- partner access-key makes one.',
};

const whyNot = async (
  read: ReturnType<typeof readSigV4>,
  key: AccessKey | undefined,
  { request, nowMs }: { readonly request: HttpRequest; readonly nowMs: number },
): Promise<Refusal | undefined> => {
  if ('refusal' in read) return read.refusal;
  return key ? refusalOf(request, read.claim, { key, nowMs }) : UNKNOWN;
};

/** As API Gateway tells the Lambda whom IAM found: the role of the partner, taken on. */
export const identityOf = ({ partnerId, accessKeyId, apiKey }: AccessKey) => ({
  userArn: `arn:aws:sts::000000000000:assumed-role/hems-local-partner-${partnerId}/local`,
  accessKey: accessKeyId,
  apiKey,
});
