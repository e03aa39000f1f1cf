import { randomBytes } from 'node:crypto';
import type { Client } from 'aedes';
import * as z from 'zod';
import {
  createRequest,
  provisioningTopic,
  provisionRequest,
  type HookAnswer,
  type HookRequest,
  type ProvisioningStep,
} from '@hems/shared/events/provisioning';
import type { Certificate } from '../../ports/device-registry.ts';
import type { LocalRegistry } from '../ca/device-registry.ts';

export type ProvisioningParts = {
  readonly registry: Pick<LocalRegistry, 'certify' | 'attach'>;
  /** the function `provision-hook` */
  readonly hook: (request: HookRequest) => Promise<HookAnswer>;
};

type Asked = { readonly client: Client; readonly certificateId: string; readonly payload: Buffer };
/** Answers on the accepted or the rejected topic, to the asker alone; never rejects. */
export type Provisioning = (step: ProvisioningStep, asked: Asked) => Promise<void>;

const HOUR_MS = 3_600_000;
const TOKENS_MAX = 1000;

class Rejected extends Error {
  override readonly name = 'Rejected';
}

const parse = <S extends z.core.$ZodType>(schema: S, payload: Buffer): z.output<S> => {
  try {
    return z.parse(schema, JSON.parse(payload.toString()));
  } catch {
    throw new Rejected('the request is not what the provisioning API takes');
  }
};

/** Fleet provisioning by claim, as AWS IoT Core answers it. */
export const provisioning = ({ registry, hook }: ProvisioningParts): Provisioning => {
  const owned = new Map<string, { readonly certificateId: string; readonly untilMs: number }>();

  const remember = ({ certificateId }: Certificate): string => {
    if (owned.size >= TOKENS_MAX) owned.clear();
    const token = randomBytes(32).toString('base64url');
    owned.set(token, { certificateId, untilMs: performance.now() + HOUR_MS });
    return token;
  };
  const create = async ({ payload }: Asked) => {
    const { certificateSigningRequest } = parse(createRequest, payload);
    const certificate = await registry.certify(certificateSigningRequest).catch((error: unknown) => {
      throw new Rejected(error instanceof Error ? error.message : String(error));
    });
    return { ...certificate, certificateOwnershipToken: remember(certificate) };
  };
  const provision = async ({ certificateId: claimCertificateId, payload }: Asked) => {
    const { certificateOwnershipToken, parameters } = parse(provisionRequest, payload);
    const own = owned.get(certificateOwnershipToken);
    if (!own || own.untilMs < performance.now()) throw new Rejected('the ownership token is unknown or an hour old');
    const { certificateId } = own;
    const answer = await hook({ claimCertificateId, certificateId, parameters });
    if (!answer.allowProvisioning) throw new Rejected('the pre-provisioning hook does not allow it');
    const { ThingName: thingName, Household: household, Devices: devices } = answer.parameterOverrides;
    await registry.attach(certificateId, { household, gateway: thingName });
    return { thingName, deviceConfiguration: { household, devices } };
  };
  const steps = { create, provision };

  return async (step, asked) => {
    const publish = async (answer: 'accepted' | 'rejected', body: object): Promise<void> => {
      const packet = {
        cmd: 'publish',
        topic: provisioningTopic(step, answer),
        qos: 0,
        retain: false,
        dup: false,
      } as const;
      // who is gone meanwhile asks again
      await new Promise<void>((resolve) => {
        asked.client.publish({ ...packet, payload: JSON.stringify(body) }, () => resolve());
      });
    };
    try {
      await publish('accepted', await steps[step](asked));
    } catch (error) {
      const isTheirs = error instanceof Rejected;
      const errorMessage = isTheirs ? error.message : 'the request failed; send it again';
      await publish('rejected', { statusCode: isTheirs ? 403 : 500, errorCode: 'Rejected', errorMessage });
    }
  };
};
