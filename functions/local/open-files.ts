import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../adapters/embedded/database.ts';
import { objectEraser } from '../adapters/embedded/object-eraser.ts';
import { objectLinks } from '../adapters/embedded/object-links.ts';
import { expireObjects, folderObjectStore } from '../adapters/embedded/object-store.ts';
import { sqliteQueue } from '../adapters/embedded/queue.ts';
import { handler as exportHousehold } from '../jobs/export-household.ts';
import { handler as importFile } from '../jobs/import-file.ts';
import * as ports from '../runtime/ports.ts';
import { systemClock } from './clock.ts';
import type { DataDirectory } from './data-directory.ts';
import type { ObjectRoutesParts } from './http/objects.ts';
import { lambdaContext } from './lambda-context.ts';
import { pollQueue } from './queue-poller.ts';

/** As the queue and its functions are deployed. */
const FILES = { name: 'files', visibilitySeconds: 960, attempts: 3 };
const IMPORT_TIMEOUT_MS = 300_000;
const EXPORT_TIMEOUT_MS = 900_000;
/** As the bucket's lifecycle has it. */
const KEPT_DAYS = { 'imports/': 1, 'exports/': 7 };
const EVERY_MS = 1000;
const SWEEP_MS = 3_600_000;
const IMPORTS = 'imports/';

export type FilesPlace = {
  readonly data: DataDirectory;
  readonly database: Database;
  readonly origin: string;
  readonly say: (line: string) => void;
};
export type Files = { readonly objects: ObjectRoutesParts; stop(): Promise<void> };

/** History files in and archives out: a folder, links to it, and the two functions behind them. Links end with this process. */
export const openFiles = ({ data, database, origin, say }: FilesPlace): Files => {
  const folder = join(data.path, 'objects');
  const links = objectLinks(randomBytes(32), systemClock);
  const store = folderObjectStore(folder, { origin, links, clock: systemClock });
  const queue = sqliteQueue({ database, clock: systemClock }, FILES);
  ports.objects.use(store);
  ports.objectEraser.use(objectEraser(folder, store));
  ports.files.use(queue);

  let working: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<unknown>): void => {
    working = working
      .then(work)
      .catch((error: unknown) =>
        say(
          `a file failed: ${error instanceof Error ? error.message : String(error)}; it is tried again within the hour`,
        ),
      );
  };
  const read = (file: { readonly key: string; readonly bytes: number }): void =>
    inTurn(async () => await importFile(file, lambdaContext('import-file', IMPORT_TIMEOUT_MS)));
  /** What an earlier host, or an earlier try, left unread; and what has been kept long enough. */
  const sweep = async (): Promise<void> => {
    for (const [prefix, days] of Object.entries(KEPT_DAYS))
      await expireObjects(folder, { prefix, days, nowMs: systemClock.now() });
    for (const key of await store.list(IMPORTS)) read({ key, bytes: (await stat(join(folder, key))).size });
  };
  inTurn(sweep);
  const timer = setInterval(() => inTurn(sweep), SWEEP_MS);
  const poller = pollQueue({
    queue,
    handler: exportHousehold,
    context: () => lambdaContext('export-household', EXPORT_TIMEOUT_MS),
    afterMs: 0,
    everyMs: EVERY_MS,
    say,
  });
  return {
    objects: {
      store,
      links,
      stored: (object) => {
        if (object.key.startsWith(IMPORTS)) read(object);
      },
    },
    stop: async () => {
      clearInterval(timer);
      await poller.stop();
      await working;
    },
  };
};
