import { listImports, readImport, startImport } from '@hems/shared/api/imports';
import { endpoint, http } from '../runtime/http.ts';
import { clock, ids, objects, pause, table } from '../runtime/ports.ts';
import * as read from '../use-cases/imports/read-imports.ts';
import * as start from '../use-cases/imports/start-import.ts';
import { requireMember } from '../use-cases/members/require-may.ts';

const readDeps = async () => ({ table: await table(), clock: await clock() });

export const handler = http([
  endpoint(startImport, async ({ member }) => {
    const deps = { ...(await readDeps()), ids: await ids(), pause, objects: await objects() };
    return start.startImport(deps, requireMember(member));
  }),
  endpoint(readImport, async ({ params }) => read.readImport(await readDeps(), params)),
  endpoint(listImports, async ({ params }) => ({
    imports: await read.listImports(await readDeps(), params.householdId),
  })),
]);
