import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreateThingCommand,
  DescribeCertificateCommand,
  DescribeThingCommand,
  IoTClient,
  ListPrincipalThingsCommand,
  ResourceNotFoundException,
  UpdateCertificateCommand,
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
import { SHORT_TIMEOUTS } from './timeouts.ts';

export type IotDeviceRegistryOptions = {
  /** the one policy of the fleet; it opens a thing's own topics only */
  readonly policyName: string;
  /** by which the fleet's things are found */
  readonly thingTypeName: string;
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

/** Things, certificates and their policy in AWS IoT Core. The private key leaves with the answer; AWS keeps none. */
export const iotDeviceRegistry = ({ config = {}, ...fleet }: IotDeviceRegistryOptions): DeviceRegistry => {
  const iot = new IoTClient({ ...SHORT_TIMEOUTS, ...config });
  const sessions = new IoTDataPlaneClient({ ...SHORT_TIMEOUTS, ...config });

  const certificateOf = async (certificateId: string): Promise<CertificateDescription | undefined> => {
    try {
      return (await iot.send(new DescribeCertificateCommand({ certificateId }))).certificateDescription;
    } catch (error) {
      return unlessMissing(error);
    }
  };
  const thingsOf = async (principal: string): Promise<string[]> =>
    (await iot.send(new ListPrincipalThingsCommand({ principal }))).things ?? [];
  const closeSession = async (clientId: string): Promise<void> => {
    try {
      await sessions.send(new DeleteConnectionCommand({ clientId }));
    } catch (error) {
      unlessMissing(error);
    }
  };

  const householdOf = async (thingName: string): Promise<string | undefined> => {
    try {
      return (await iot.send(new DescribeThingCommand({ thingName }))).attributes?.['household'];
    } catch (error) {
      return unlessMissing(error);
    }
  };

  return {
    register: async ({ household, gateway }) => {
      const owner = await householdOf(gateway);
      if (owner !== undefined && owner !== household) {
        throw new Error(`gateway ${gateway} belongs to another household; delete its thing before it moves`);
      }
      // With the same type and attributes it answers the thing that is there; with others, in a race, it fails.
      await iot.send(new CreateThingCommand(thingOf(fleet.thingTypeName, { household, gateway })));
      const made = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
      const { certificateArn, certificateId, certificatePem, keyPair } = made;
      if (!certificateArn || !certificateId || !certificatePem || !keyPair?.PrivateKey) {
        throw new Error(`AWS IoT made no whole certificate for gateway ${gateway}; register it again`);
      }
      await iot.send(new AttachPolicyCommand({ policyName: fleet.policyName, target: certificateArn }));
      await iot.send(new AttachThingPrincipalCommand({ thingName: gateway, principal: certificateArn }));
      return { certificateId, certificatePem, privateKeyPem: keyPair.PrivateKey };
    },
    revoke: async (certificateId) => {
      const certificate = await certificateOf(certificateId);
      if (!certificate?.certificateArn) return;
      await iot.send(new UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }));
      const things = await thingsOf(certificate.certificateArn);
      await Promise.all(things.map(closeSession));
    },
    gatewayOf: async (certificateId): Promise<GatewayAddress | undefined> => {
      const certificate = await certificateOf(certificateId);
      if (certificate?.status !== 'ACTIVE' || !certificate.certificateArn) return undefined;
      const [gateway] = await thingsOf(certificate.certificateArn);
      const household = gateway && (await householdOf(gateway));
      return gateway && household ? { household, gateway } : undefined;
    },
  };
};
