import * as z from 'zod';
import { endpointStatus, webhookEndpoint, webhookType } from '@hems/shared/partner-api/webhooks';
import type { Item, Key, Put, Table } from '../../ports/table.ts';
import { sealed } from '../seal.ts';

/**
 * Where a partner is told of things, `PARTNER#<partner>` / `HOOK#<endpoint>` of table `operations`, or `CALLBACK#<endpoint>` where another interface
 * has its own (OpenADR, of which there may be thousands); all of them in index `i1` under `WEBHOOKS`.
 * `LANE#<endpoint>`: who delivers to it now. Its secrets are sealed under the partner's data key, bound to the endpoint.
 */
const secret = z.object({ secret: sealed, fromMs: z.int(), untilMs: z.int().nullable() });
const endpoint = z.object({
  endpointId: z.string(),
  url: z.string(),
  types: z.array(webhookType),
  status: z.enum(endpointStatus.options),
  why: z.enum(['by-partner', 'gone', 'dead-letters']).nullable(),
  createdAtMs: z.int(),
  statusAtMs: z.int(),
  /** newest first, at most two */
  secrets: z.array(secret).min(1).max(2),
  /** messages given up since the last that was delivered */
  deadInARow: z.int(),
  /** of another interface (OpenADR): the partner manages it there, and not among its webhooks */
  callback: z.exactOptional(z.object({ bearer: sealed.nullable() })),
});
export type Endpoint = z.infer<typeof endpoint>;
export type KeptEndpoint = { readonly partnerId: string; readonly endpoint: Endpoint; readonly version: number };
export type EndpointRef = { readonly partnerId: string; readonly endpointId: string };

const HOOK = 'HOOK#';
const CALLBACK = 'CALLBACK#';
const ALL = 'WEBHOOKS';
const own = (partnerId: string, sk: string): Key => ({ table: 'operations', pk: `PARTNER#${partnerId}`, sk });
/** Begins the ids of callbacks; no id that is drawn has a dot. */
export const CALLBACK_ID = 'cb.';
export const endpointKey = ({ partnerId, endpointId }: EndpointRef): Key =>
  own(partnerId, `${endpointId.startsWith(CALLBACK_ID) ? CALLBACK : HOOK}${endpointId}`);

/** The write of an endpoint that was read at `version`, or is new (0). */
export const endpointPut = ({ partnerId, endpoint: data, version }: KeptEndpoint): Put => ({
  ...endpointKey({ partnerId, endpointId: data.endpointId }),
  data,
  i1: ALL,
  if: version === 0 ? { absent: true } : { version },
});

const kept = ({ pk, data, version }: Item): KeptEndpoint => ({
  partnerId: pk.slice('PARTNER#'.length),
  endpoint: endpoint.parse(data),
  version,
});

export const readEndpoint = async (table: Table, ref: EndpointRef): Promise<KeptEndpoint | undefined> => {
  const item = await table.get(endpointKey(ref));
  return item && kept(item);
};

/** Its own, without callbacks. */
export const endpointsOf = async (table: Table, partnerId: string): Promise<KeptEndpoint[]> => {
  const { items } = await table.query({ table: 'operations', value: `PARTNER#${partnerId}`, prefix: HOOK });
  return items.map(kept);
};

/** Belongs in the transact that adds an endpoint: of two that counted the same number, one fails. */
export const endpointListGuard = async (table: Table, partnerId: string): Promise<Put> => {
  const key = own(partnerId, 'HOOKS-COUNTED');
  const item = await table.get(key);
  return { ...key, data: {}, if: item ? { version: item.version } : { absent: true } };
};

/** Of all partners, by an index that may lag. */
export const everyEndpoint = async (table: Table): Promise<EndpointRef[]> => {
  const { items } = await table.query({ table: 'operations', by: 'i1', value: ALL });
  return items.map(({ pk, sk }) => ({
    partnerId: pk.slice('PARTNER#'.length),
    endpointId: sk.slice(sk.indexOf('#') + 1),
  }));
};

/** As the partner sees it. */
export const endpointView = ({ endpoint: { secrets, ...one } }: KeptEndpoint): z.infer<typeof webhookEndpoint> =>
  z.parse(webhookEndpoint, { ...one, secrets: secrets.map(({ fromMs, untilMs }) => ({ fromMs, untilMs })) });

const lane = z.object({
  /** whoever has it has ended by then */
  untilMs: z.int(),
  /** somebody has been asked to look again at this time */
  wakeAtMs: z.int(),
});
export type Lane = z.infer<typeof lane> & { readonly version: number };
export const laneKey = ({ partnerId, endpointId }: EndpointRef): Key => own(partnerId, `LANE#${endpointId}`);

export const readLane = async (table: Table, ref: EndpointRef): Promise<Lane> => {
  const item = await table.get(laneKey(ref));
  return item ? { ...lane.parse(item.data), version: item.version } : { untilMs: 0, wakeAtMs: 0, version: 0 };
};

/** Written over the version that was read: of several who take a lane, one has it. */
export const lanePut = (ref: EndpointRef, { version, ...data }: Lane): Put => ({
  ...laneKey(ref),
  data,
  if: version === 0 ? { absent: true } : { version },
});
