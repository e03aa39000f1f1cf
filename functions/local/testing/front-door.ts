import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract, type Noun } from '@hems/shared/api/contract';
import { objectLinks } from '../../adapters/embedded/object-links.ts';
import { folderObjectStore } from '../../adapters/embedded/object-store.ts';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { embeddedKeys } from '../../adapters/embedded/keys.ts';
import { outboxMailer } from '../../adapters/embedded/mailer.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { systemClock } from '../clock.ts';
import { partnerContract, type PartnerNoun } from '@hems/shared/partner-api/contract';
import type { PartnerHandler } from '../../runtime/partner.ts';
import type { ApiHandler } from '../http/api.ts';
import { accessKeysFile } from '../partner/access-keys.ts';
import type { PartnerDoorParts } from '../partner/door.ts';
import { openDoor } from '../http/open-door.ts';
import { openOps, type Ops } from '../ops/open-ops.ts';
import { listenFrontDoor } from '../http/front-door.ts';
import { openIdentity } from '../identity/identity.ts';
import { AUDITOR, OPERATOR, type User } from '../identity/users.ts';

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
const echoes = Object.fromEntries(Object.keys(contract).map((noun) => [noun, echo])) as Record<Noun, ApiHandler>;

const partnerEcho: PartnerHandler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });
const partnerEchoes = Object.fromEntries(Object.keys(partnerContract).map((noun) => [noun, partnerEcho])) as Record<
  PartnerNoun,
  PartnerHandler
>;
/** Lets nobody in: who tests the partner door hands in the real one. */
const noAuthorizer: PartnerDoorParts['authorizer'] = async () => Promise.reject(new Error('no authorizer here'));

type Before = {
  readonly folder?: string;
  readonly port?: number;
  /** those that answer in earnest */
  readonly handlers?: Partial<Record<Noun, ApiHandler>>;
  /** counts its requests beside other things */
  readonly ops?: Ops;
  readonly partner?: Partial<Pick<PartnerDoorParts, 'handlers' | 'authorizer' | 'limit'>>;
};

/** A front door with the real identity provider, before handlers that echo their event. `folder` and `port` of an earlier one continue it. */
export const aFrontDoor = async (before?: Before) => {
  const folder = before?.folder ?? (await mkdtemp(join(tmpdir(), 'hems-door-')));
  const database = openDatabase(join(folder, 'hems.sqlite'));
  const table = sqliteTable({ database, clock: systemClock });
  const door = await listenFrontDoor(before?.port ?? 0);
  const { origin } = door;
  const outbox = join(folder, 'outbox', 'mail');
  const identity = await openIdentity({
    origin,
    directory: join(folder, 'idp'),
    table,
    clock: systemClock,
    keys: embeddedKeys(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)),
    mailer: outboxMailer(outbox, systemClock),
  });
  await identity.add([RESIDENT, OPERATOR, AUDITOR]);
  const links = objectLinks(new Uint8Array(32).fill(3), systemClock);
  const objects = folderObjectStore(join(folder, 'objects'), { origin, links, clock: systemClock });
  const stored: { key: string; bytes: number }[] = [];
  const ops = before?.ops ?? openOps({ database, clock: systemClock, say: () => undefined });
  openDoor(door, {
    identity,
    handlers: { ...echoes, ...before?.handlers },
    objects: { store: objects, links, stored: (one) => void stored.push(one) },
    partner: {
      handlers: partnerEchoes,
      authorizer: noAuthorizer,
      accessKeys: accessKeysFile(join(folder, 'idp')),
      clock: systemClock,
      limit: { perSecond: 1000, burst: 1000 },
      ...before?.partner,
    },
    ops,
    webRoot: join(folder, 'web'),
  });
  const stop = async (): Promise<void> => {
    await door.close();
    await ops.stop();
    await database.close();
  };
  return {
    origin,
    folder,
    identity,
    objects,
    /** what the door's requests were counted as */
    ops,
    /** files that were sent in whole */
    stored,
    table,
    /** the mails that were sent, the last one last */
    mails: async () => {
      const names = await readdir(outbox).catch(() => []);
      return await Promise.all(names.toSorted().map(async (name) => await readFile(join(outbox, name), 'utf8')));
    },
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
