import { grantedTargets, type Sight } from '@hems/models/openadr/targets';
import type { OpenadrScope } from '@hems/shared/openadr/scopes';
import type { Table } from '../../ports/table.ts';
import type { WebhookDeps } from '../webhooks/deps.ts';
import { objectsOf } from '../stores/openadr.ts';
import type { OpenadrClient } from '../stores/openadr-clients.ts';

/** Who asks: a client of a partner, with the scopes of its token that its role may have. */
export type OpenadrCaller = OpenadrClient & {
  readonly scopes: ReadonlySet<OpenadrScope>;
  /** incentive programmes of its partner: the homes of these its events may call */
  readonly programmes: readonly string[];
};

/** What every write needs: it tells the subscriptions. */
export type OpenadrDeps = Pick<WebhookDeps, 'table' | 'clock' | 'ids' | 'pause' | 'webhooks'> & {
  /** id of the object that is made; what was made under it before is answered, and not made again */
  readonly effect?: string | undefined;
};

/** What the business side wrote for a client: its vens' targets and those of its resources. */
const granted = async (table: Table, { partnerId, clientId }: OpenadrClient): Promise<ReadonlySet<string>> => {
  const vens = [];
  const resources = [];
  for await (const ven of objectsOf(table, partnerId, ['VEN', []])) if (ven.clientID === clientId) vens.push(ven);
  for (const { id } of vens)
    for await (const resource of objectsOf(table, partnerId, ['RESOURCE', [id]])) resources.push(resource);
  return grantedTargets([...vens, ...resources]);
};

/** How much of the programs and events a client sees. */
export const sightOf = async (table: Table, client: OpenadrClient): Promise<Sight> =>
  client.role === 'bl' ? { all: true } : { all: false, granted: await granted(table, client) };

/** Of reports, vens and resources an end node sees its own, the business side all. */
export const owns = (
  { role, clientId }: Pick<OpenadrClient, 'role' | 'clientId'>,
  { clientID }: { readonly clientID: string },
): boolean => role === 'bl' || clientId === clientID;
