import type { DeviceRegistry } from '../../ports/device-registry.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { requireMay } from '../members/require-may.ts';
import { Refused } from '../refusal.ts';
import { gatewayPut, readGateway, revokedWrite } from '../stores/gateways.ts';
import { readProfile, type Member } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';

type Deps = {
  readonly table: Table;
  readonly pause: Pause;
  readonly registry: Pick<DeviceRegistry, 'cutOff'>;
};

/**
 * Cuts a gateway off: first where ingest looks, which drops what it says within half a minute whatever else happens, then its
 * certificates and its session. A repeat carries on what broke off.
 */
export const revokeGateway = async (deps: Deps, member: Member, gateway: string): Promise<void> => {
  requireMay(member, 'manage-devices');
  const { householdId } = member;
  const profile = await readProfile(deps.table, householdId);
  await untilWon(deps.pause, async () => {
    const before = await readGateway(deps.table, { householdId, gateway });
    if (!profile || !before) throw new Refused('not-found', `the household has no gateway ${gateway}`);
    await deps.table.transact([
      { put: gatewayPut({ ...before, status: 'revoked' }) },
      revokedWrite(profile.telemetryId, gateway),
    ]);
  });
  await deps.registry.cutOff(gateway);
};
