import * as z from 'zod/mini';
import { deviceKind } from '@hems/models/device/kinds';

/**
 * Fleet provisioning as AWS IoT Core does it over MQTT: a gateway that holds nothing but the claim certificate of its make sends a
 * signing request, is given its certificate, and has it attached to its thing by the template. The local broker answers alike.
 */
export const PROVISIONING_TEMPLATE = 'hems-gateway';
/** The type of the fleet's things. */
export const GATEWAY_TYPE = 'hems-gateway';
const TOPICS = {
  create: '$aws/certificates/create-from-csr/json',
  provision: `$aws/provisioning-templates/${PROVISIONING_TEMPLATE}/provision/json`,
} as const;
export type ProvisioningStep = keyof typeof TOPICS;
export const PROVISIONING_STEPS: readonly ProvisioningStep[] = ['create', 'provision'];
export const provisioningTopic = (step: ProvisioningStep, answer?: 'accepted' | 'rejected'): string =>
  answer ? `${TOPICS[step]}/${answer}` : TOPICS[step];

/** A client that comes with a claim certificate calls itself so; no gateway id begins like it, so none can be pushed off its connection. */
export const CLAIM_CLIENT = 'claim-';

export const createRequest = z.object({ certificateSigningRequest: z.string().check(z.maxLength(4096)) });
export const createAnswer = z.object({
  certificateId: z.string(),
  certificatePem: z.string(),
  /** proves within the hour that the certificate is the asker's */
  certificateOwnershipToken: z.string(),
});

/** What a gateway says of itself. */
const ownParameters = z.object({ SerialNumber: z.string() });
export const provisionRequest = z.object({ certificateOwnershipToken: z.string(), parameters: ownParameters });
export const provisionAnswer = z.object({
  thingName: z.string(),
  deviceConfiguration: z.object({
    /** the household of its topics */
    household: z.string(),
    /** JSON of `configuredDevices` */
    devices: z.string(),
  }),
});
/** The devices behind it, under the ids by which they are known. */
export const configuredDevices = z.array(z.object({ device_id: z.string(), kind: deviceKind }));
export type ConfiguredDevices = z.infer<typeof configuredDevices>;

export const provisioningRejection = z.object({ statusCode: z.int(), errorCode: z.string(), errorMessage: z.string() });

/** What the pre-provisioning hook is asked. `claimCertificateId` is that of the connection: a claim certificate, or the gateway's own. */
export const hookRequest = z.object({
  claimCertificateId: z.string(),
  certificateId: z.string(),
  parameters: ownParameters,
});
export type HookRequest = z.infer<typeof hookRequest>;

/** Parameters of the template that the hook alone sets. */
export const templateParameters = z.object({ ThingName: z.string(), Household: z.string(), Devices: z.string() });
export type HookAnswer =
  | { readonly allowProvisioning: false }
  | { readonly allowProvisioning: true; readonly parameterOverrides: z.infer<typeof templateParameters> };
