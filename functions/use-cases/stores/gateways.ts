import * as z from 'zod';
import type { Item, Key, Put, Table, Write } from '../../ports/table.ts';
import { untilWon } from '../until-won.ts';
import type { Pause } from '../../ports/pause.ts';

/**
 * Gateways of a household: `H#<household>` / `GATEWAY#<gateway>` of table `homes`, found by the gateway alone through index `i2`. A
 * revoked one also stands beside the way from the telemetry id, `T#<telemetry id>` / `REVOKED#<gateway>`, where ingest looks anyway.
 */
const stored = z.object({
  status: z.enum(['active', 'revoked']),
  /** of one that was claimed */
  serial: z.optional(z.string()),
  firmware: z.optional(z.string()),
  presence: z.optional(z.object({ state: z.enum(['connected', 'disconnected']), version: z.int(), atMs: z.int() })),
  /** the end of the connection after which everybody was told that it is offline */
  toldOfflineMs: z.optional(z.int()),
  /** connections that another one under its id ended lately */
  kicks: z.optional(z.array(z.object({ version: z.int(), atMs: z.int() }))),
  /** the kick that was one too many */
  doubled: z.optional(z.object({ version: z.int(), atMs: z.int() })),
  /** the certificate it came with last, and the one it was given since */
  certificateId: z.optional(z.string()),
  nextCertificateId: z.optional(z.string()),
});
export type GatewayState = z.infer<typeof stored>;
export type GatewayPlace = { readonly householdId: string; readonly gateway: string };
export type Gateway = GatewayState & GatewayPlace & { readonly version: number };

const GATEWAY = 'GATEWAY#';
const home = (householdId: string): string => `H#${householdId}`;
const alone = (gateway: string): string => `G#${gateway}`;
const key = ({ householdId, gateway }: GatewayPlace): Key => ({
  table: 'homes',
  pk: home(householdId),
  sk: `${GATEWAY}${gateway}`,
});

const placeOf = ({ pk, sk }: Key): GatewayPlace => ({
  householdId: pk.slice('H#'.length),
  gateway: sk.slice(GATEWAY.length),
});
const parse = (item: Item): Gateway => ({ ...stored.parse(item.data), ...placeOf(item), version: item.version });

export const readGateway = async (table: Table, place: GatewayPlace): Promise<Gateway | undefined> => {
  const item = await table.get(key(place));
  return item && parse(item);
};

export const listGateways = async (table: Table, householdId: string): Promise<Gateway[]> => {
  const { items } = await table.query({ table: 'homes', value: home(householdId), prefix: GATEWAY });
  return items.map(parse);
};

/** From an index, so a gateway of the last second may still be absent. */
export const findGateway = async (table: Table, gateway: string): Promise<GatewayPlace | undefined> => {
  const { items } = await table.query({ table: 'homes', by: 'i2', value: alone(gateway), prefix: GATEWAY, limit: 1 });
  return items[0] && placeOf(items[0]);
};

/** The write of a gateway that was read at `version`, or not there (0). */
export const gatewayPut = ({ householdId, gateway, version, ...data }: Gateway): Put => ({
  ...key({ householdId, gateway }),
  i2: alone(gateway),
  data,
  if: version === 0 ? { absent: true } : { version },
});

/** Enters a gateway that is not there yet. */
export const newGateway = ({ householdId, gateway }: GatewayPlace, serial?: string): Put =>
  gatewayPut({ householdId, gateway, status: 'active', ...(serial !== undefined && { serial }), version: 0 });

/** Reads, decides and writes until no one else was faster; answers what stands then. Undefined from `change` leaves it as it is. */
export const changeGateway = async (
  { table, pause }: { readonly table: Table; readonly pause: Pause },
  place: GatewayPlace,
  change: (before: Gateway) => Gateway | undefined,
): Promise<Gateway | undefined> =>
  untilWon(pause, async () => {
    const before = await readGateway(table, place);
    const after = before && change(before);
    if (after) await table.put(gatewayPut(after));
    return after ?? before;
  });

const REVOKED = 'REVOKED#';
/** From here on nothing that the gateway says is taken. */
export const revokedWrite = (telemetryId: string, gateway: string): Write => ({
  put: { table: 'homes', pk: `T#${telemetryId}`, sk: `${REVOKED}${gateway}`, data: {} },
});
export const revokedAmong = (items: readonly Item[]): ReadonlySet<string> =>
  new Set(items.filter(({ sk }) => sk.startsWith(REVOKED)).map(({ sk }) => sk.slice(REVOKED.length)));
