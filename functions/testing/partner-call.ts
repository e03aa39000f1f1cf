import { randomUUID } from 'node:crypto';
import type * as mini from 'zod/mini';
import type { PartnerRoute } from '@hems/shared/partner-api/route';
import { lambdaContext } from '../local/lambda-context.ts';
import type { PartnerEvent } from '../runtime/partner.ts';
import { putPartner, type Partner } from '../use-cases/stores/partners.ts';
import type { Table } from '../ports/table.ts';
import type { partnerHttp } from '../runtime/partner.ts';

export const aPartner = (over: Partial<Partner> = {}): Partner => ({
  partnerId: 'office',
  name: '시범 관청',
  kind: 'government',
  scopes: [],
  status: 'active',
  ...over,
});

export const enterPartner = async (table: Table, over: Partial<Partner> = {}): Promise<Partner> => {
  const partner = aPartner(over);
  await putPartner(table, partner);
  return partner;
};

type Call = {
  readonly as: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The event of a request that IAM has let through. */
export const partnerEvent = (
  { method, path }: Pick<PartnerRoute, 'method' | 'path'>,
  { as, params = {}, query = {}, body, headers = {} }: Call,
): PartnerEvent => ({
  httpMethod: method,
  resource: path,
  path: path.replace(/\{(\w+)\}/g, (_all, name: string) => params[name] ?? name),
  headers: {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
    ...headers,
  },
  pathParameters: { ...params },
  queryStringParameters: { ...query },
  body: body === undefined ? null : JSON.stringify(body),
  isBase64Encoded: false,
  requestContext: { identity: { userArn: `arn:aws:sts::000000000000:assumed-role/hems-test-partner-${as}/session` } },
});

/** What the handler of a noun answers to a partner: status and parsed body. */
export const callPartner = async <A extends mini.ZodMiniType>(
  handler: ReturnType<typeof partnerHttp>,
  route: PartnerRoute<mini.ZodMiniType, mini.ZodMiniType, mini.ZodMiniType, A>,
  call: Call,
): Promise<{ status: number; body: mini.infer<A>; text: string }> => {
  const answer = await handler(partnerEvent(route, call), lambdaContext(route.name, 10_000));
  const text = answer.body ?? '';
  const isJson = String(answer.headers?.['content-type']).includes('json');
  return { status: answer.statusCode ?? 200, body: (isJson ? JSON.parse(text) : text) as mini.infer<A>, text };
};
