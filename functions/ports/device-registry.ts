import type { GatewayAddress } from '@hems/shared/events/topics';

export type Credentials = {
  readonly certificateId: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
};

/** Things and their certificates. A thing is a gateway; its name is the gateway id, its household attribute the telemetry id. */
export type DeviceRegistry = {
  /** creates the thing and a certificate that may connect as it; a second call for the same gateway adds a certificate */
  register(gateway: GatewayAddress): Promise<Credentials>;
  /** the certificate opens nothing any more and its session is closed */
  revoke(certificateId: string): Promise<void>;
  /** the gateway a certificate speaks for, or undefined when it is unknown or revoked */
  gatewayOf(certificateId: string): Promise<GatewayAddress | undefined>;
};
