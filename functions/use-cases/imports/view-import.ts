import type { FileReason } from '@hems/models/history/reasons';
import type { ImportReport } from '@hems/shared/api/imports';
import type { KeptImport } from '../stores/imports.ts';

const MINUTE_MS = 60_000;
/** The form for the file is good for a quarter of an hour; a file that was sent then may take as long to arrive. */
const WAITS_MS = 30 * MINUTE_MS;
/** Whoever reads a file says so each second. Retries of one that broke off begin within three minutes. */
const SILENT_MS = 15 * MINUTE_MS;

type Problem = { readonly code: FileReason; readonly detail: string };

/** What is wrong although nobody was left to write it down. */
const silentProblem = ({ state, startedMs, touchedMs }: KeptImport, nowMs: number): Problem | undefined => {
  if (state === 'waiting-for-file' && nowMs > startedMs + WAITS_MS)
    return { code: 'no-file', detail: 'no file has arrived; begin again and send it within a quarter of an hour' };
  if (state === 'reading' && nowMs > touchedMs + SILENT_MS)
    return {
      code: 'stuck',
      detail: 'reading the file broke off; begin again and send it once more, days already taken stay',
    };
  return undefined;
};

/** The import as it stands now. None stays under way for ever: one of which nothing is heard is refused, with what to do. */
export const viewImport = (kept: KeptImport, nowMs: number): ImportReport => {
  const silent = silentProblem(kept, nowMs);
  const problem = silent ?? kept.problem;
  return {
    importId: kept.importId,
    startedMs: kept.startedMs,
    state: silent ? 'refused' : kept.state,
    format: kept.format,
    readBytes: kept.readBytes,
    totalBytes: kept.totalBytes,
    daysTaken: kept.daysTaken,
    from: kept.from,
    to: kept.to,
    refused: kept.refused.map(({ line, code, reason }) => ({ at: `line ${line}`, code, reason })),
    refusedCount: kept.refusedCount,
    problem: problem?.detail ?? null,
    problemCode: problem?.code ?? null,
  };
};
