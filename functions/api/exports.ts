import { listExports, readExport, startExport } from '@hems/shared/api/exports';
import { endpoint, http } from '../runtime/http.ts';
import { clock, files, ids, objects, pause, table } from '../runtime/ports.ts';
import * as read from '../use-cases/exports/read-exports.ts';
import * as start from '../use-cases/exports/start-export.ts';
import { requireMember } from '../use-cases/members/require-may.ts';

const readDeps = async () => ({ table: await table(), clock: await clock(), objects: await objects() });

export const handler = http([
  endpoint(startExport, async ({ member }) => {
    const deps = { ...(await readDeps()), ids: await ids(), pause, files: await files() };
    return start.startExport(deps, requireMember(member));
  }),
  endpoint(readExport, async ({ member, params }) =>
    read.readExport(await readDeps(), requireMember(member), params.exportId),
  ),
  endpoint(listExports, async ({ member }) => ({
    exports: await read.listExports(await readDeps(), requireMember(member)),
  })),
]);
