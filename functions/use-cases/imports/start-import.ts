import type { ImportReport } from '@hems/shared/api/imports';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { ObjectStore, UploadForm } from '../../ports/object-store.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { requireMay } from '../members/require-may.ts';
import { requireOwnHome } from '../own-home.ts';
import { startPut } from '../stores/file-starts.ts';
import type { Member } from '../stores/households.ts';
import { importFileKey, importId, importPut, type KeptImport } from '../stores/imports.ts';
import { untilWon } from '../until-won.ts';
import { viewImport } from './view-import.ts';

/** Three years of quarter hours in both directions are 30 MB of Green Button XML. */
const MAX_UPLOAD_BYTES = 50_000_000;
const FORM_SECONDS = 15 * 60;

type Deps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly pause: Pause;
  readonly objects: ObjectStore;
};
type Started = { readonly report: ImportReport; readonly upload: UploadForm & { readonly maxBytes: number } };

/** Opens a place for one history file. What is sent there is read as soon as it has arrived. */
export const startImport = async (deps: Deps, member: Member): Promise<Started> => {
  requireMay(member, 'bring-history');
  const { householdId } = member;
  const { table, clock, objects } = deps;
  await requireOwnHome(table, householdId);
  const nowMs = clock.now();
  const fresh: KeptImport = {
    householdId,
    importId: importId(nowMs, deps.ids.next()),
    version: 0,
    startedMs: nowMs,
    touchedMs: nowMs,
    state: 'waiting-for-file',
    format: null,
    readBytes: 0,
    totalBytes: 0,
    daysTaken: 0,
    from: null,
    to: null,
    refused: [],
    refusedCount: 0,
    problem: null,
  };
  await untilWon(deps.pause, async () => {
    const start = await startPut(table, { householdId, what: 'imports', by: null, nowMs });
    await table.transact([{ put: start }, { put: importPut(fresh) }]);
  });
  const limits = { maxBytes: MAX_UPLOAD_BYTES, seconds: FORM_SECONDS };
  const form = await objects.uploadForm(importFileKey(fresh), limits);
  return { report: viewImport(fresh, nowMs), upload: { ...form, maxBytes: MAX_UPLOAD_BYTES } };
};
