import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'aedes';
import { expect, test } from 'vitest';
import type { PresenceEvent } from '@hems/shared/events/presence';
import { presence } from './presence.ts';

const aClient = (id: string): Client => ({ id }) as Client;

/** Presence in front of a rule that takes its time. */
const telling = (rule: (event: PresenceEvent) => Promise<void>) => {
  const said: string[] = [];
  return { said, words: presence({ clock: { now: () => 1 }, presence: rule, say: (line) => said.push(line) }) };
};

test('the words of one gateway are taken in their order, those of different gateways side by side', async () => {
  const begun: string[] = [];
  let most = 0;
  let now = 0;
  const { words } = telling(async ({ clientId, eventType }) => {
    begun.push(`${clientId} ${eventType}`);
    most = Math.max(most, (now += 1));
    await sleep(10);
    now -= 1;
  });
  const clients = Array.from({ length: 20 }, (_, number) => aClient(`g-${number}`));
  for (const client of clients) {
    words.admitted(client, 'certificate');
    words.connected(client);
    words.ended(client);
  }
  await words.told();
  expect(begun).toHaveLength(40);
  expect(most).toBe(20);
  for (const { id } of clients)
    expect(begun.filter((one) => one.startsWith(`${id} `))).toEqual([`${id} connected`, `${id} disconnected`]);
});

test('a word that was not taken is told, and the next one of the same gateway still comes', async () => {
  const taken: string[] = [];
  const { words, said } = telling(async ({ eventType }) => {
    if (eventType === 'connected') throw new Error('no disk');
    taken.push(eventType);
  });
  const client = aClient('g-1');
  words.admitted(client, 'certificate');
  words.connected(client);
  words.ended(client);
  await words.told();
  expect(said).toEqual(['the presence of g-1 was not taken: no disk']);
  expect(taken).toEqual(['disconnected']);
});
