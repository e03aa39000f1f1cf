import type { ExportReport } from '@hems/shared/api/exports';
import type { Clock } from '../../ports/clock.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { newestExports, readExport as readKept } from '../stores/exports.ts';
import type { Member } from '../stores/households.ts';
import { viewExport } from './view-export.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly objects: ObjectStore };

export const readExport = async (
  { table, clock, objects }: Deps,
  member: Member,
  exportId: string,
): Promise<ExportReport> => {
  const kept = await readKept(table, { householdId: member.householdId, exportId });
  if (!kept) throw new Refused('not-found', `the household has no export ${exportId}; they are listed for 90 days`);
  return viewExport(kept, { nowMs: clock.now(), member, objects });
};

export const listExports = async ({ table, clock, objects }: Deps, member: Member): Promise<ExportReport[]> => {
  const view = { nowMs: clock.now(), member, objects };
  return Promise.all((await newestExports(table, member.householdId)).map((kept) => viewExport(kept, view)));
};
