import * as z from 'zod';
import { command, commandState, type Command, type CommandState } from '@hems/shared/events/commands';
import type { Key, Table } from '../../ports/table.ts';

/** Orders sent to gateways and how each fared, `ORDER#<cmd_id>` of table `homes`, kept 7 days. */
const KEPT_S = 7 * 86_400;

const order = z.object({
  command,
  gateway: z.string(),
  state: z.union([z.literal('sent'), commandState]),
  stateTs: z.int(),
  reason: z.exactOptional(z.string()),
});
export type Order = {
  readonly command: Command;
  readonly gateway: string;
  readonly state: 'sent' | CommandState;
  readonly stateTs: number;
  readonly reason?: string;
};

const OPEN: readonly Order['state'][] = ['sent', 'accepted', 'applied'];

/** The order as it stands at `nowMs`: one that is past its end without a last word has expired, though nobody wrote so. */
export const orderAt = (found: Order, nowMs: number): Order => {
  const end = found.command.expires_at;
  return OPEN.includes(found.state) && nowMs > end ? { ...found, state: 'expired', stateTs: end } : found;
};

const key = (householdId: string, cmdId: string): Key => ({
  table: 'homes',
  pk: `H#${householdId}`,
  sk: `ORDER#${cmdId}`,
});

export const readOrder = async (
  table: Table,
  householdId: string,
  cmdId: string,
): Promise<{ order: Order; version: number } | undefined> => {
  const item = await table.get(key(householdId, cmdId));
  return item && { order: order.parse(item.data), version: item.version };
};

/** Writes an order that was read at `version`, or is new (0). */
export const putOrder = (
  table: Table,
  householdId: string,
  { order: data, version }: { order: Order; version: number },
): Promise<void> =>
  table.put({
    ...key(householdId, data.command.cmd_id),
    data,
    expiresAt: Math.ceil(data.command.issued_at / 1000) + KEPT_S,
    if: version === 0 ? { absent: true } : { version },
  });
