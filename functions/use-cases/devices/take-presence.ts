import {
  isDoubled,
  isLater,
  OFFLINE_AFTER_MS,
  sameKick,
  samePresence,
  withKick,
  type Presence,
} from '@hems/models/device/presence';
import { DUPLICATE_CLIENT, type PresenceEvent } from '@hems/shared/events/presence';
import type { DeviceRegistry } from '../../ports/device-registry.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Queue } from '../../ports/queue.ts';
import type { Table } from '../../ports/table.ts';
import { changeGateway, findGateway, type Gateway, type GatewayPlace } from '../stores/gateways.ts';

export type PresenceDeps = {
  readonly table: Table;
  readonly pause: Pause;
  readonly bus: EventBus;
  readonly registry: Pick<DeviceRegistry, 'withdraw' | 'revoke' | 'cutOff'>;
  /** where the look is kept that is taken again before anybody is told */
  readonly rechecks: Pick<Queue, 'send'>;
};

const wordOf = ({ eventType, versionNumber, timestamp }: Omit<PresenceEvent, 'principalIdentifier'>): Presence => ({
  state: eventType,
  version: versionNumber,
  atMs: timestamp,
});

const kickOf = ({ eventType, disconnectReason, versionNumber, timestamp }: PresenceEvent) =>
  eventType === 'disconnected' && disconnectReason === DUPLICATE_CLIENT
    ? { version: versionNumber, atMs: timestamp }
    : undefined;

const withPresence = (gateway: Gateway, word: Presence): Gateway =>
  gateway.presence && !isLater(word, gateway.presence) ? gateway : { ...gateway, presence: word };

const withKicks = (gateway: Gateway, kick: ReturnType<typeof kickOf>): Gateway => {
  if (!kick) return gateway;
  const kicks = withKick(gateway.kicks ?? [], kick);
  return { ...gateway, kicks, ...(isDoubled(kicks) && gateway.doubled === undefined && { doubled: kick }) };
};

/**
 * A gateway that has come with the certificate it was given works with that and no other: whatever else was ever given out for it ends.
 * That was perhaps why two clients used one.
 */
const changeOver = async ({ registry, ...deps }: PresenceDeps, { gateway, ...place }: Gateway, next: string) => {
  await registry.cutOff(gateway, next);
  await changeGateway(deps, { ...place, gateway }, (now) => {
    if (now.certificateId === next) return undefined;
    const { nextCertificateId: _next, doubled: _doubled, kicks: _kicks, ...rest } = now;
    return { ...rest, certificateId: next };
  });
};

/** One that was entered by hand has no certificate on record; any other comes with what it was given, or is cut off again. */
const checkCertificate = async (
  deps: PresenceDeps,
  gateway: Gateway,
  { principalIdentifier: came, ...event }: PresenceEvent,
): Promise<void> => {
  const { certificateId, nextCertificateId, presence } = gateway;
  if (came === undefined || came === certificateId) return;
  if (came === nextCertificateId) return changeOver(deps, gateway, came);
  if (certificateId === undefined && nextCertificateId === undefined) return;
  // an old word must not end the session that is there now
  const isThere = presence !== undefined && samePresence(presence, wordOf(event));
  await (isThere ? deps.registry.revoke(gateway.gateway, came) : deps.registry.withdraw(came));
};

const tellDoubled = async (
  { bus }: PresenceDeps,
  { householdId, gateway }: GatewayPlace,
  atMs: number,
): Promise<void> => {
  const key = `gateway-doubled:${gateway}:${atMs}`;
  const detail = { householdId, atMs, key, facts: { what: 'gateway-doubled', gateway } };
  await bus.publish([{ type: 'security.alert', detail }]);
};

const lookAgain = async ({ rechecks }: PresenceDeps, { householdId, gateway }: GatewayPlace, word: Presence) =>
  rechecks.send(JSON.stringify({ householdId, gateway, word }), { delaySeconds: OFFLINE_AFTER_MS / 1000 });

/** What follows from an event; done again when the same event comes again, because the first time it may have been cut short. */
const followUp = async (deps: PresenceDeps, gateway: Gateway, event: PresenceEvent): Promise<void> => {
  const { presence, doubled } = gateway;
  const [word, kick] = [wordOf(event), kickOf(event)];
  if (word.state === 'disconnected' && presence && samePresence(presence, word)) await lookAgain(deps, gateway, word);
  if (kick && doubled && sameKick(doubled, kick)) await tellDoubled(deps, gateway, kick.atMs);
  if (word.state === 'connected') await checkCertificate(deps, gateway, event);
};

/**
 * Takes what the broker says of a client that came or went; of one that is no gateway in use, or says what is older, nothing. Answers whether
 * it was news.
 */
export const takePresence = async (deps: PresenceDeps, event: PresenceEvent): Promise<boolean> => {
  const place = await findGateway(deps.table, event.clientId);
  if (!place) return false;
  let isNews = false;
  const gateway = await changeGateway(deps, place, (before) => {
    isNews = false;
    if (before.status !== 'active') return undefined;
    const after = withKicks(withPresence(before, wordOf(event)), kickOf(event));
    isNews = after.presence !== before.presence;
    return after === before ? undefined : after;
  });
  if (gateway?.status === 'active') await followUp(deps, gateway, event);
  // it was provisioned in the moment in which it was revoked
  else if (gateway && event.eventType === 'connected') await deps.registry.cutOff(gateway.gateway);
  return isNews;
};
