import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreateThingCommand,
  DeleteCertificateCommand,
  DeleteConflictException,
  DeleteThingCommand,
  DescribeCertificateCommand,
  DescribeThingCommand,
  DetachThingPrincipalCommand,
  InvalidRequestException,
  IoTClient,
  ListPrincipalThingsCommand,
  ListThingPrincipalsCommand,
  ResourceNotFoundException,
  UpdateCertificateCommand,
  UpdateThingCommand,
  type CertificateDescription,
  type CreateThingCommandInput,
  type IoTClientConfig,
} from '@aws-sdk/client-iot';
import {
  DeleteConnectionCommand,
  IoTDataPlaneClient,
  ResourceNotFoundException as NotConnected,
} from '@aws-sdk/client-iot-data-plane';
import type { GatewayAddress } from '@hems/shared/events/topics';
import type { DeviceRegistry } from '../../ports/device-registry.ts';
import type { Pause } from '../../ports/pause.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

export type IotDeviceRegistryOptions = {
  /** the one policy of the fleet; it opens a thing's own topics only */
  readonly policyName: string;
  /** by which the fleet's things are found */
  readonly thingTypeName: string;
  readonly pause: Pause;
  readonly config?: IoTClientConfig;
};

/** Nothing there is an answer, whatever else went wrong an error. */
const unlessMissing = (error: unknown): undefined => {
  if (error instanceof ResourceNotFoundException || error instanceof NotConnected) return undefined;
  throw error;
};

const thingOf = (thingTypeName: string, { household, gateway }: GatewayAddress): CreateThingCommandInput => ({
  thingName: gateway,
  thingTypeName,
  attributePayload: { attributes: { household } },
});

/** The ARN of a certificate ends with its id. */
const idOf = (certificateArn: string): string => certificateArn.slice(certificateArn.lastIndexOf('/') + 1);

/** What several of the calls below are made of. */
const calls = ({ iot, sessions }: { readonly iot: IoTClient; readonly sessions: IoTDataPlaneClient }) => {
  const found = async <T>(call: Promise<T>): Promise<T | undefined> => call.catch(unlessMissing);
  return {
    certificateOf: async (certificateId: string): Promise<CertificateDescription | undefined> =>
      (await found(iot.send(new DescribeCertificateCommand({ certificateId }))))?.certificateDescription,
    thingsOf: async (principal: string): Promise<string[]> =>
      (await iot.send(new ListPrincipalThingsCommand({ principal }))).things ?? [],
    /** ARNs; each change of the certificate leaves one more that opens nothing */
    certificatesOf: async (thingName: string): Promise<string[]> => {
      const all: string[] = [];
      for (let nextToken: string | undefined, isFirst = true; isFirst || nextToken; isFirst = false) {
        const page = await found(
          iot.send(new ListThingPrincipalsCommand({ thingName, ...(nextToken && { nextToken }) })),
        );
        all.push(...(page?.principals ?? []));
        nextToken = page?.nextToken;
      }
      return all;
    },
    attributesOf: async (thingName: string): Promise<Record<string, string> | undefined> => {
      const thing = await found(iot.send(new DescribeThingCommand({ thingName })));
      return thing && (thing.attributes ?? {});
    },
    deactivate: async (certificateId: string): Promise<void> =>
      void (await found(iot.send(new UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' })))),
    closeSession: async (clientId: string): Promise<void> =>
      void (await found(sessions.send(new DeleteConnectionCommand({ clientId })))),
  };
};

/**
 * Detaching takes AWS some seconds, and until then what it was attached to cannot be deleted. It cannot be found by the thing any more
 * either, so what is being deleted is written on the thing first, as much as fits an attribute (800 characters).
 */
const ENDING = 'ending';
const AT_ONCE = 12;
const DELETE_ATTEMPTS = 20;

const isAttached = (error: unknown): boolean =>
  error instanceof DeleteConflictException || error instanceof InvalidRequestException;

type Ending = { readonly iot: IoTClient; readonly pause: Pause; readonly thingName: string };

const whenDetached = async ({ pause }: Ending, remove: () => Promise<unknown>): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return void (await remove().catch(unlessMissing));
    } catch (error) {
      if (!isAttached(error) || attempt === DELETE_ATTEMPTS) throw error;
    }
    await pause(attempt);
  }
};

/** Inactive certificates lose their policy with the deletion. */
const forget = async (ending: Ending, certificateIds: readonly string[]): Promise<void> => {
  for (const certificateId of certificateIds)
    await whenDetached(ending, () =>
      ending.iot.send(new DeleteCertificateCommand({ certificateId, forceDelete: true })),
    );
};

/** Takes certificates of the thing apart from it and deletes them. */
const forgetAttached = async (ending: Ending, principals: readonly string[]): Promise<void> => {
  const { iot, thingName } = ending;
  const ids = principals.map(idOf);
  const attributePayload = { attributes: { [ENDING]: ids.join(',') }, merge: true };
  await iot.send(new UpdateThingCommand({ thingName, attributePayload }));
  for (const principal of principals)
    await iot.send(new DetachThingPrincipalCommand({ thingName, principal })).catch(unlessMissing);
  await forget(ending, ids);
};

type Certificates = { readonly attached: readonly string[]; readonly noted: readonly string[] };

/**
 * Deletes what an earlier try noted and the thing does not lead to any more, then what it leads to, then the thing. Answers how many
 * certificates that were.
 */
const forgetThing = async (ending: Ending, { attached, noted }: Certificates): Promise<number> => {
  const ids = attached.map(idOf);
  const detached = noted.filter((id) => !ids.includes(id));
  await forget(ending, detached);
  for (let from = 0; from < attached.length; from += AT_ONCE)
    await forgetAttached(ending, attached.slice(from, from + AT_ONCE));
  await whenDetached(ending, () => ending.iot.send(new DeleteThingCommand({ thingName: ending.thingName })));
  return detached.length + attached.length;
};

/** Things, certificates and their policy in AWS IoT Core, which certifies keys and never holds one. */
export const iotDeviceRegistry = ({ config = {}, pause, ...fleet }: IotDeviceRegistryOptions): DeviceRegistry => {
  const iot = new IoTClient({ ...SHORT_TIMEOUTS, ...config });
  const sessions = new IoTDataPlaneClient({ ...SHORT_TIMEOUTS, ...config });
  const { certificateOf, thingsOf, certificatesOf, attributesOf, deactivate, closeSession } = calls({ iot, sessions });
  const householdOf = async (thingName: string) => (await attributesOf(thingName))?.['household'];

  const enter = async ({ household, gateway }: GatewayAddress): Promise<void> => {
    const owner = await householdOf(gateway);
    if (owner !== undefined && owner !== household)
      throw new Error(`gateway ${gateway} belongs to another household; remove it before it moves`);
    // With the same type and attributes it answers the thing that is there; with others, in a race, it fails.
    await iot.send(new CreateThingCommand(thingOf(fleet.thingTypeName, { household, gateway })));
  };
  const cutOff = async (gateway: string, kept?: string): Promise<void> => {
    const others = (await certificatesOf(gateway)).map(idOf).filter((id) => id !== kept);
    for (const certificateId of others) await deactivate(certificateId);
    // of a gateway that came with its only certificate there is nothing to close
    if (kept === undefined || others.length > 0) await closeSession(gateway);
  };

  return {
    enter,
    register: async (address, certificateSigningRequest) => {
      await enter(address);
      const made = await iot.send(
        new CreateCertificateFromCsrCommand({ certificateSigningRequest, setAsActive: true }),
      );
      const { certificateArn, certificateId, certificatePem } = made;
      if (!certificateArn || !certificateId || !certificatePem)
        throw new Error(`AWS IoT made no whole certificate for gateway ${address.gateway}; register it again`);
      await iot.send(new AttachPolicyCommand({ policyName: fleet.policyName, target: certificateArn }));
      await iot.send(new AttachThingPrincipalCommand({ thingName: address.gateway, principal: certificateArn }));
      return { certificateId, certificatePem };
    },
    gatewayOf: async (certificateId): Promise<GatewayAddress | undefined> => {
      const certificate = await certificateOf(certificateId);
      if (certificate?.status !== 'ACTIVE' || !certificate.certificateArn) return undefined;
      const [gateway] = await thingsOf(certificate.certificateArn);
      const household = gateway && (await householdOf(gateway));
      return gateway && household ? { household, gateway } : undefined;
    },
    withdraw: deactivate,
    revoke: async (gateway, certificateId) => {
      await deactivate(certificateId);
      await closeSession(gateway);
    },
    cutOff,
    remove: async (thingName) => {
      const attributes = await attributesOf(thingName);
      if (!attributes) return { things: 0, certificates: 0 };
      await cutOff(thingName);
      const noted = attributes[ENDING]?.split(',') ?? [];
      const certificates = { attached: await certificatesOf(thingName), noted };
      return { things: 1, certificates: await forgetThing({ iot, pause, thingName }, certificates) };
    },
  };
};
