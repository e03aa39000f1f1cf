import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dayStart } from '@hems/models/calendar/seoul';
import { constructedFeed, constructedReading } from '@hems/models/testing/constructed-feed';
import { sendForm } from '../adapters/contract/object-store.contract.ts';
import { openDatabase, type Database } from '../adapters/embedded/database.ts';
import * as ports from '../runtime/ports.ts';
import { aWorld, HOME, type World } from '../testing/world.ts';
import { readExport } from '../use-cases/exports/read-exports.ts';
import { startExport } from '../use-cases/exports/start-export.ts';
import { readImport } from '../use-cases/imports/read-imports.ts';
import { startImport } from '../use-cases/imports/start-import.ts';
import { importFileKey } from '../use-cases/stores/imports.ts';
import { listenFrontDoor, type FrontDoor } from './http/front-door.ts';
import { objectRoutes } from './http/objects.ts';
import { openFiles, type Files } from './open-files.ts';

const OWNER = { householdId: HOME.householdId, sub: 'owner', role: 'owner' } as const;
const HISTORY = Buffer.from(
  constructedFeed({
    readings: Array.from({ length: 48 }, (_, hour) =>
      constructedReading({ startS: dayStart('2026-11-01') / 1000 + hour * 3600, seconds: 3600, value: '500' }),
    ),
  }),
);

let world: World;
let folder: string;
let database: Database;
let door: FrontDoor;
let files: Files;

const open = (): void => {
  const data = { path: folder, database: '', authority: '', identity: '', release: () => undefined };
  files = openFiles({ data, database, origin: door.origin, say: (line) => expect.unreachable(line) });
  const nowhere = async () => Promise.reject(new Error('not asked for here'));
  door.open({
    api: nowhere,
    partner: nowhere,
    openadr: nowhere,
    identity: nowhere,
    docs: nowhere,
    ops: nowhere,
    answered: () => undefined,
    app: nowhere,
    config: {},
    objects: objectRoutes(files.objects),
  });
};

beforeEach(async () => {
  world = await aWorld();
  folder = await mkdtemp(join(tmpdir(), 'hems-host-files-'));
  database = openDatabase(join(folder, 'hems.sqlite'));
  door = await listenFrontDoor(0);
  for (const [port, value] of [
    [ports.table, world.table],
    [ports.clock, world.clock],
    [ports.keys, world.keys],
    [ports.telemetry, world.telemetry],
  ] as const)
    (port as { use(value: unknown): void }).use(value);
  open();
});
afterEach(async () => {
  await files.stop();
  await door.close();
  await database.close();
  await rm(folder, { recursive: true });
});

const deps = async () => ({ ...world, objects: await ports.objects(), files: await ports.files() });

it('a history file that a resident sends is read once it is on disk', async () => {
  const { report, upload } = await startImport(await deps(), OWNER);
  const place = { householdId: HOME.householdId, importId: report.importId };
  expect((await sendForm(upload, HISTORY)).status).toBe(204);
  await vi.waitFor(async () => expect(await readImport(world, place)).toMatchObject({ state: 'done', daysTaken: 2 }));
});

it('one that was sent and not read before the host ended is read when it starts again', async () => {
  const { report } = await startImport(await deps(), OWNER);
  const place = { householdId: HOME.householdId, importId: report.importId };
  await files.objects.store.put(importFileKey(place), HISTORY);
  await files.stop();
  expect(await readImport(world, place)).toMatchObject({ state: 'waiting-for-file' });
  open();
  await vi.waitFor(async () => expect(await readImport(world, place)).toMatchObject({ state: 'done', daysTaken: 2 }));
});

it('an archive that a resident asks for is written and can be got by its link', { timeout: 15_000 }, async () => {
  const { exportId } = await startExport(await deps(), OWNER);
  const read = async () => await readExport(await deps(), OWNER, exportId);
  await vi.waitFor(async () => expect(await read()).toMatchObject({ state: 'ready' }), { timeout: 10_000 });
  const answer = await fetch((await read()).downloadUrl ?? '');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="hems-2026-11-22.zip"');
  const archive = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  expect(strFromU8(archive['household/place.json'] ?? new Uint8Array())).toContain('demo');
});
