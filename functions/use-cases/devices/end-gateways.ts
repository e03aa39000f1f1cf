import type { DeviceRegistry, Ended } from '../../ports/device-registry.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { claimPut, readClaim } from '../stores/claims.ts';
import { changeGateway, listGateways } from '../stores/gateways.ts';
import { listDevices } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';

type Deps = {
  readonly table: Table;
  readonly pause: Pause;
  readonly registry: Pick<DeviceRegistry, 'remove'>;
};

/** The claim names no household any more; its gateway may be claimed anew under another code. */
const endClaim = async ({ table, pause }: Deps, serial: string, householdId: string): Promise<void> =>
  untilWon(pause, async () => {
    const claim = await readClaim(table, serial);
    if (claim?.state !== 'claimed' || claim.householdId !== householdId) return;
    const { codeIndex, devices, expiresMs, version } = claim;
    await table.put(claimPut({ state: 'ended', codeIndex, devices, expiresMs, serial, version }));
  });

/**
 * Ends every gateway of a household that leaves: certificates revoked, sessions closed, things and certificates deleted. May be
 * repeated; it answers what there was to end.
 */
export const endGateways = async (deps: Deps, householdId: string): Promise<Ended> => {
  const [gateways, devices] = await Promise.all([
    listGateways(deps.table, householdId),
    listDevices(deps.table, householdId),
  ]);
  for (const { gateway, serial } of gateways) {
    await changeGateway(deps, { householdId, gateway }, (before) => ({ ...before, status: 'revoked' }));
    if (serial !== undefined) await endClaim(deps, serial, householdId);
  }
  // devices of before there were items of gateways name some that have none
  const ids = new Set([...gateways, ...devices].map(({ gateway }) => gateway));
  const ended = { things: 0, certificates: 0 };
  for (const gateway of ids) {
    const { things, certificates } = await deps.registry.remove(gateway);
    ended.things += things;
    ended.certificates += certificates;
  }
  return ended;
};
