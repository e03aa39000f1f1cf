import * as z from 'zod/mini';

/**
 * What the broker says when a client comes or goes, topic `$aws/events/presence/<connected|disconnected>/<client id>`. It may say it
 * twice and out of order. A connection and its end carry the same version, which grows with each connection of a client id and begins
 * at 0 again an hour after the last one ended; the time is right to two minutes.
 */
export const presenceEvent = z.object({
  clientId: z.string(),
  eventType: z.enum(['connected', 'disconnected']),
  /** epoch ms */
  timestamp: z.int(),
  versionNumber: z.int(),
  /** the certificate id of a client that came with one */
  principalIdentifier: z.optional(z.string()),
  disconnectReason: z.optional(z.string()),
});
export type PresenceEvent = z.infer<typeof presenceEvent>;

/** The reason of a connection that ended because another one came under the same client id. */
export const DUPLICATE_CLIENT = 'DUPLICATE_CLIENTID';

const FIELDS = Object.keys(presenceEvent.shape).join(', ');
export const PRESENCE_SQL = `SELECT ${FIELDS} FROM '$aws/events/presence/+/+'`;
