import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Noun } from '@hems/shared/api/contract';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { systemClock } from '../clock.ts';
import type { ApiHandler } from '../http/api.ts';
import { openDoor } from '../http/open-door.ts';
import { listenFrontDoor } from '../http/front-door.ts';
import { openIdentity } from '../identity/identity.ts';
import { OPERATOR, type User } from '../identity/users.ts';

export const RESIDENT: User = {
  sub: 'resident-1',
  email: 'demo1@example.com',
  name: '데모 주민 1',
  password: 'right password',
  groups: [],
};

/** Answers with the event it was called with. */
const echo: ApiHandler = async (event) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(event),
});
const handlers: Record<Noun, ApiHandler> = {
  bill: echo,
  challenges: echo,
  community: echo,
  days: echo,
  devices: echo,
  environment: echo,
  events: echo,
  households: echo,
  live: echo,
  orders: echo,
  programmes: echo,
  quarantine: echo,
  rewards: echo,
  runs: echo,
  session: echo,
  supply: echo,
  tariffs: echo,
  usage: echo,
};

/** A front door with the real identity provider, before handlers that echo their event. `folder` and `port` of an earlier one continue it. */
export const aFrontDoor = async (before?: { folder: string; port: number }) => {
  const folder = before?.folder ?? (await mkdtemp(join(tmpdir(), 'hems-door-')));
  const database = openDatabase(join(folder, 'hems.sqlite'));
  const table = sqliteTable({ database, clock: systemClock });
  const door = await listenFrontDoor(before?.port ?? 0);
  const { origin } = door;
  const identity = await openIdentity({ origin, directory: join(folder, 'idp'), table, clock: systemClock });
  await identity.add([RESIDENT, OPERATOR]);
  openDoor(door, {
    identity,
    handlers,
    webRoot: join(folder, 'web'),
  });
  const stop = async (): Promise<void> => {
    await door.close();
    await database.close();
  };
  return {
    origin,
    folder,
    identity,
    get: async (path: string, init?: RequestInit) => await fetch(origin + path, { redirect: 'manual', ...init }),
    /** ends it and leaves its data */
    stop,
    close: async () => {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
};
export type TestFrontDoor = Awaited<ReturnType<typeof aFrontDoor>>;
