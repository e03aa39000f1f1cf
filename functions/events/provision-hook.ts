import * as z from 'zod';
import { hookRequest } from '@hems/shared/events/provisioning';
import { pause, registry, table } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { provisionGateway } from '../use-cases/devices/provision-gateway.ts';

/** Seldom needed, and the broker waits five seconds: its client is loaded when it is. */
const withdraw = async (certificateId: string): Promise<void> => (await registry()).withdraw(certificateId);

/** The pre-provisioning hook of the fleet's template. It has five seconds, and an error is a refusal. */
export const handler = step(z.object(hookRequest.shape), async (asked) =>
  provisionGateway({ table: await table(), pause, registry: { withdraw } }, asked),
);
