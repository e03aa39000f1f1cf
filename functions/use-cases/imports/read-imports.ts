import type { ImportReport } from '@hems/shared/api/imports';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { newestImports, readImport as readKept, type ImportPlace } from '../stores/imports.ts';
import { viewImport } from './view-import.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

export const readImport = async ({ table, clock }: Deps, place: ImportPlace): Promise<ImportReport> => {
  const kept = await readKept(table, place);
  if (!kept) throw new Refused('not-found', `the household has no import ${place.importId}; reports are kept 90 days`);
  return viewImport(kept, clock.now());
};

export const listImports = async ({ table, clock }: Deps, householdId: string): Promise<ImportReport[]> =>
  (await newestImports(table, householdId)).map((kept) => viewImport(kept, clock.now()));
