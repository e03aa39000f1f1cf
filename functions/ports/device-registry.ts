import type { GatewayAddress } from '@hems/shared/events/topics';

export type Certificate = { readonly certificateId: string; readonly certificatePem: string };
export type Ended = { readonly things: number; readonly certificates: number };

/**
 * Things and their certificates. A thing is a gateway; its name is the gateway id, its household attribute the telemetry id. A private key
 * is made by the gateway and never leaves it. Contract suite: `adapters/contract/device-registry.contract.ts`.
 */
export type DeviceRegistry = {
  /** makes the thing where it is not there; refused when it is another household's */
  enter(gateway: GatewayAddress): Promise<void>;
  /** enters the gateway and certifies the key of its signing request; a second call adds a certificate */
  register(gateway: GatewayAddress, signingRequestPem: string): Promise<Certificate>;
  /** the gateway a certificate speaks for, or undefined when it is unknown or revoked */
  gatewayOf(certificateId: string): Promise<GatewayAddress | undefined>;
  /** a certificate that its gateway has not come with opens nothing any more */
  withdraw(certificateId: string): Promise<void>;
  /** the same of one that it may have come with: its session is closed, and a gateway that keeps another comes back with that */
  revoke(gateway: string, certificateId: string): Promise<void>;
  /** the same of every certificate of the gateway but the kept one */
  cutOff(gateway: string, kept?: string): Promise<void>;
  /** cuts the gateway off and forgets it with its certificates; repeated it carries on what broke off, and in the end there is nothing left */
  remove(gateway: string): Promise<Ended>;
};
