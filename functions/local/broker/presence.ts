import type { Client } from 'aedes';
import { DUPLICATE_CLIENT, type PresenceEvent } from '@hems/shared/events/presence';
import type { Clock } from '../../ports/clock.ts';

export type PresenceParts = {
  readonly clock: Clock;
  /** the rule `hems_presence` */
  readonly presence: (event: PresenceEvent) => Promise<unknown>;
  readonly say: (line: string) => void;
};

/** Says who comes and goes, in the words of AWS IoT Core. */
export type Presence = {
  /** before the connection takes the place of another one of its client id */
  admitted(client: Client, certificateId: string): void;
  connected(client: Client): void;
  ended(client: Client): void;
  /** resolves when all that was said has been taken */
  told(): Promise<void>;
};

type Connection = { readonly certificateId: string; version: number };

export const presence = ({ clock, presence: rule, say }: PresenceParts): Presence => {
  const connections = new WeakMap<Client, Connection>();
  /** the newest of each client id */
  const newest = new Map<string, Client>();
  let lastVersion = 0;
  /** what is being said of each client: its words in their order, those of different clients side by side, so that they share a commit */
  const telling = new Map<string, Promise<void>>();

  const take = async (event: PresenceEvent): Promise<void> => {
    try {
      await rule(event);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      say(`the presence of ${event.clientId} was not taken: ${reason}`);
    }
  };
  const tell = (event: PresenceEvent): void => {
    const { clientId } = event;
    const before = telling.get(clientId) ?? Promise.resolve();
    const told = before
      .then(async () => await take(event))
      .finally(() => telling.get(clientId) === told && telling.delete(clientId));
    telling.set(clientId, told);
  };
  const said = (client: Client, { certificateId, version }: Connection) => ({
    clientId: client.id,
    timestamp: clock.now(),
    versionNumber: version,
    principalIdentifier: certificateId,
  });
  return {
    admitted: (client, certificateId) => {
      connections.set(client, { certificateId, version: 0 });
      newest.set(client.id, client);
    },
    connected: (client) => {
      const connection = connections.get(client);
      if (!connection) return;
      // grows over restarts too
      lastVersion = Math.max(lastVersion + 1, clock.now());
      connection.version = lastVersion;
      tell({ ...said(client, connection), eventType: 'connected' });
    },
    ended: (client) => {
      const connection = connections.get(client);
      if (!connection || connection.version === 0) return;
      const isNewest = newest.get(client.id) === client;
      if (isNewest) newest.delete(client.id);
      const reason = isNewest ? {} : { disconnectReason: DUPLICATE_CLIENT };
      tell({ ...said(client, connection), eventType: 'disconnected', ...reason });
    },
    told: async () => {
      while (telling.size > 0) await Promise.all(telling.values());
    },
  };
};
