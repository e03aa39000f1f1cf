import type { ExportReport } from '@hems/shared/api/exports';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Queue } from '../../ports/queue.ts';
import type { Table } from '../../ports/table.ts';
import { requireMay } from '../members/require-may.ts';
import { exportId, exportPut, type KeptExport } from '../stores/exports.ts';
import { startPut } from '../stores/file-starts.ts';
import type { Member } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';
import { viewExport } from './view-export.ts';

export type StartExportDeps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly pause: Pause;
  readonly objects: ObjectStore;
  readonly files: Pick<Queue, 'send'>;
};

/** Has an archive of everything about the household made, for the member who asks. */
export const startExport = async (deps: StartExportDeps, member: Member): Promise<ExportReport> => {
  requireMay(member, 'export-household');
  const { householdId, sub } = member;
  const { table, clock, objects, files } = deps;
  const nowMs = clock.now();
  const fresh: KeptExport = {
    householdId,
    exportId: exportId(nowMs, deps.ids.next()),
    version: 0,
    startedMs: nowMs,
    touchedMs: nowMs,
    state: 'waiting',
    personId: sub,
    writtenFiles: 0,
    totalFiles: 0,
    bytes: 0,
    problem: null,
  };
  await untilWon(deps.pause, async () => {
    const start = await startPut(table, { householdId, what: 'exports', by: sub, nowMs });
    await table.transact([{ put: start }, { put: exportPut(fresh) }]);
  });
  // lost in between, the export is told as failed after a while and may be begun again
  await files.send(JSON.stringify({ householdId, exportId: fresh.exportId }));
  return viewExport(fresh, { nowMs, member, objects });
};
