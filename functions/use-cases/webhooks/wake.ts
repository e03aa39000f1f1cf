import * as z from 'zod';
import type { EndpointRef } from '../stores/webhook-endpoints.ts';
import type { TellDeps } from './deps.ts';

/** A message of the queue: look at this endpoint. It says no more, so one that is lost or comes twice does no harm. */
export const wakeCall = z.object({ partnerId: z.string(), endpointId: z.string() });

/** What a queue can hold back. */
export const DELAY_MAX_MS = 900_000;

export const wake = async (
  { webhooks }: Pick<TellDeps, 'webhooks'>,
  { partnerId, endpointId }: EndpointRef,
  inMs: number,
): Promise<void> => {
  const delaySeconds = Math.ceil(inMs / 1000);
  await webhooks.send(JSON.stringify({ partnerId, endpointId }), delaySeconds > 0 ? { delaySeconds } : {});
};
