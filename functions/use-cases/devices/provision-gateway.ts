import type { ConfiguredDevices, HookAnswer, HookRequest } from '@hems/shared/events/provisioning';
import type { DeviceRegistry } from '../../ports/device-registry.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { readClaim } from '../stores/claims.ts';
import { changeGateway, type Gateway, type GatewayPlace } from '../stores/gateways.ts';
import { listDevices, readProfile } from '../stores/households.ts';

type Deps = {
  readonly table: Table;
  readonly pause: Pause;
  readonly registry: Pick<DeviceRegistry, 'withdraw'>;
};

const REFUSED: HookAnswer = { allowProvisioning: false };

/**
 * Whether the gateway may have this certificate: until it has come with one, any, because the answer that brought the one before may be
 * lost; then the next one, asked for with the one it works with. Anything else is a replay.
 */
const mayHave = (
  { status, certificateId, nextCertificateId }: Gateway,
  asked: Pick<HookRequest, 'certificateId' | 'claimCertificateId'>,
): boolean => {
  if (status !== 'active') return false;
  const neverCame = certificateId === undefined;
  return neverCame || nextCertificateId === asked.certificateId || certificateId === asked.claimCertificateId;
};

/**
 * Keeps the certificate as the one that the gateway is to come with, then ends one that it was given before and has not come with. In the
 * other order a gateway that comes with that one in between would be left with nothing.
 */
const give = async (
  deps: Deps,
  place: GatewayPlace,
  asked: Pick<HookRequest, 'certificateId' | 'claimCertificateId'>,
): Promise<boolean> => {
  const nextCertificateId = asked.certificateId;
  let earlier: string | undefined;
  const after = await changeGateway(deps, place, (before) => {
    earlier = before.nextCertificateId;
    return mayHave(before, asked) ? { ...before, nextCertificateId } : undefined;
  });
  if (after?.status !== 'active' || after.nextCertificateId !== nextCertificateId) return false;
  if (earlier !== undefined && earlier !== nextCertificateId) await deps.registry.withdraw(earlier);
  return true;
};

/** Decides on a gateway that asks to be provisioned, by its serial number: it has to be claimed, and gets the household of its claim. */
export const provisionGateway = async (deps: Deps, asked: HookRequest): Promise<HookAnswer> => {
  const { table } = deps;
  const claim = await readClaim(table, asked.parameters.SerialNumber);
  if (claim?.state !== 'claimed') return REFUSED;
  const { householdId, gateway } = claim;
  const [profile, devices] = await Promise.all([readProfile(table, householdId), listDevices(table, householdId)]);
  if (!profile) return REFUSED;
  if (!(await give(deps, { householdId, gateway }, asked))) return REFUSED;
  const own: ConfiguredDevices = devices
    .filter((device) => device.gateway === gateway)
    .map(({ deviceId, kind }) => ({ device_id: deviceId, kind }));
  return {
    allowProvisioning: true,
    parameterOverrides: { ThingName: gateway, Household: profile.telemetryId, Devices: JSON.stringify(own) },
  };
};
