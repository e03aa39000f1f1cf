import { openadrContract, type OpenadrNoun, type OpenadrRoute } from '@hems/shared/openadr/contract';
import { SCOPES_OF, scopeInToken, type OpenadrRole, type OpenadrScope } from '@hems/shared/openadr/scopes';
import { openDatabase } from '../adapters/embedded/database.ts';
import { embeddedKeys } from '../adapters/embedded/keys.ts';
import { sqliteTable } from '../adapters/embedded/table.ts';
import { lambdaContext } from '../local/lambda-context.ts';
import { openadrHandlers } from '../local/openadr/handlers.ts';
import type { OpenadrEvent } from '../runtime/openadr.ts';
import { enterPartner } from './partner-call.ts';
import { AddressRefused, type HttpOut } from '../ports/http-out.ts';
import * as ports from '../runtime/ports.ts';
import type { Table } from '../ports/table.ts';
import { hashOfSecret } from '../use-cases/openadr/clients.ts';
import { openadrClientPut, type OpenadrClient } from '../use-cases/stores/openadr-clients.ts';

export const SECRET = 'a secret of thirty-two random bytes';

/** Clients of two partners. */
export const CLIENTS = {
  utility: { clientId: 'aggregator.bl', partnerId: 'aggregator', name: 'dispatch', role: 'bl' },
  building: { clientId: 'aggregator.ven', partnerId: 'aggregator', name: 'building', role: 'ven' },
  neighbour: { clientId: 'aggregator.ven2', partnerId: 'aggregator', name: 'neighbour', role: 'ven' },
  stranger: { clientId: 'other.bl', partnerId: 'other', name: 'dispatch', role: 'bl' },
} as const satisfies Readonly<Record<string, OpenadrClient>>;

export const enterClients = async (table: Table): Promise<void> => {
  for (const client of Object.values(CLIENTS))
    await table.put(openadrClientPut({ ...client, secretHash: hashOfSecret(SECRET) }));
};

export type Posted = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
};

/** The outside: echoes the challenge but below `/silent`, takes what is posted, and refuses what is not public. */
const outside = (): { http: HttpOut; posted: Posted[] } => {
  const posted: Posted[] = [];
  const http: HttpOut = {
    call: async ({ method, url, headers, body }) => {
      const { hostname, pathname, searchParams } = new URL(url);
      if (hostname === '127.0.0.1') throw new AddressRefused('the address is not a public one');
      if (method === 'POST') posted.push({ url, headers, body: Buffer.from(body ?? []).toString() });
      const echo = pathname.endsWith('/silent') ? '' : (searchParams.get('echo') ?? '');
      return { status: 200, headers: {}, body: Buffer.from(echo) };
    },
  };
  return { http, posted };
};

/** What the handlers work with; answers what was sent outside and what the queue of webhooks was told. */
export const useOpenadrPorts = (table: Table, nowMs: () => number) => {
  const { http, posted } = outside();
  const woken: string[] = [];
  const happened: unknown[] = [];
  ports.table.use(table);
  ports.clock.use({ now: nowMs });
  ports.http.use(http);
  ports.webhooks.use({ send: async (body) => void woken.push(body) });
  ports.bus.use({ publish: async (events) => void happened.push(...events) });
  return { posted, woken, happened };
};

type Call = {
  readonly as?: keyof typeof CLIENTS;
  /** of the token; absent: all that the role may have */
  readonly scopes?: readonly OpenadrScope[];
  readonly id?: string;
  readonly query?: string;
  readonly body?: unknown;
  /** in place of `body`, as it is */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const tokenScope = ({ scopes }: Call, role: OpenadrRole): string =>
  (scopes ?? SCOPES_OF[role]).map(scopeInToken).join(' ');
const bodyOf = ({ body, raw }: Call): { body?: string } => {
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return text === undefined ? {} : { body: text };
};

/** The event of a request that the JWT authorizer has let through. */
export const openadrEvent = ({ method, path }: OpenadrRoute, call: Call): OpenadrEvent => {
  const { as = 'utility', id = '', query = '', headers = {} } = call;
  const { clientId, role } = CLIENTS[as];
  const scope = tokenScope(call, role);
  const name = /(?<={)\w+/.exec(path)?.[0];
  const parameters = new URLSearchParams(query);
  const rawPath = path.replace(/{\w+}/, id);
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath,
    rawQueryString: query,
    headers: { 'content-type': 'application/json', ...headers },
    ...(name !== undefined && { pathParameters: { [name]: id } }),
    queryStringParameters: Object.fromEntries(
      [...new Set(parameters.keys())].map((key) => [key, parameters.getAll(key).join(',')]),
    ),
    ...bodyOf(call),
    isBase64Encoded: false,
    requestContext: {
      authorizer: { jwt: { claims: { client_id: clientId, scope, sub: clientId } } },
      domainName: 'openadr.example',
    } as never,
  };
};

/** What a handler answers to a client: status and parsed body. */
export const callOpenadr = async (
  route: OpenadrRoute,
  call: Call = {},
): Promise<{ status: number; body: never; text: string }> => {
  const noun = Object.entries(openadrContract).find(([, routes]) =>
    routes.some((one) => one === route),
  )?.[0] as OpenadrNoun;
  const answer = await openadrHandlers[noun](openadrEvent(route, call), lambdaContext(noun, 10_000));
  const text = answer.body ?? '';
  const isJson = String(answer.headers?.['content-type']).includes('json') && answer.isBase64Encoded !== true;
  return { status: answer.statusCode ?? 200, body: (isJson ? JSON.parse(text) : answer) as never, text };
};

/** A table with both partners and their clients, behind the handlers. */
export const anOpenadrWorld = async (nowMs = 1_795_316_400_000) => {
  let now = nowMs;
  const clock = { now: () => now };
  const database = openDatabase(':memory:');
  const table = sqliteTable({ database, clock });
  const used = useOpenadrPorts(table, clock.now);
  ports.keys.use(embeddedKeys(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)));
  await enterPartner(table, { partnerId: 'aggregator', kind: 'aggregator', programmes: ['national-dr'] });
  await enterPartner(table, { partnerId: 'other', kind: 'utility' });
  await enterClients(table);
  return {
    table,
    clock,
    ...used,
    pass: (ms: number) => {
      now += ms;
    },
    close: async () => await database.close(),
  };
};
export type OpenadrWorld = Awaited<ReturnType<typeof anOpenadrWorld>>;
