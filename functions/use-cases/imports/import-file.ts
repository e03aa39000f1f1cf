import type { LocalDate } from '@hems/models/calendar/seoul';
import { FileRefused, refusals, type PartReason, type Refusals } from '@hems/models/history/reasons';
import type { Clock } from '../../ports/clock.ts';
import type { FileReader } from '../../ports/files.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Table } from '../../ports/table.ts';
import { counted, progressOf, TakenOver, type Progress } from '../file-progress.ts';
import { importDays, type ImportReport } from '../import-days.ts';
import { Refused } from '../refusal.ts';
import { importOfFile, importPut, readImport, type KeptImport } from '../stores/imports.ts';
import { readHistory, type History } from './read-history.ts';

export type ImportFileDeps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly objects: ObjectStore;
  readonly reader: FileReader;
};
/** What became of a file: `over` was told of before, `taken-over` is being read by another call. */
export type FileFate = 'done' | 'refused' | 'over' | 'taken-over' | 'no-household';

type Importing = Progress<KeptImport>;

const partReason = (code: ImportReport['refused'][number]['code']): PartReason =>
  code === 'invalid' ? 'too-large' : code;

const refuseDays = (report: ImportReport, { lineOf }: History, refused: Refusals): void => {
  for (const { date, code, reason } of report.refused)
    refused.add({ line: lineOf.get(date) ?? 0, code: partReason(code), reason: `${date}: ${reason}` });
};

const spanOf = (dates: readonly LocalDate[]): Pick<KeptImport, 'from' | 'to'> => ({
  from: dates[0] ?? null,
  to: dates.at(-1) ?? null,
});

type Read = { readonly history: History; readonly refused: Refusals };

const takeDays = async (deps: ImportFileDeps, progress: Importing, { history, refused }: Read): Promise<void> => {
  const { householdId, totalBytes } = progress.now();
  if (history.days.length === 0)
    throw new FileRefused('nothing-usable', 'the file holds no whole day that could be taken; see what was refused');
  await progress.save({ format: history.format, readBytes: totalBytes });
  const report = await importDays(deps, householdId, history.days);
  refuseDays(report, history, refused);
  const kept = new Set(report.refused.map(({ date }) => date));
  const taken = history.days.flatMap(({ date }) => (kept.has(date) ? [] : [date]));
  await progress.save({ state: 'done', daysTaken: report.imported, ...spanOf(taken), ...told(refused) });
};

const told = (refused: Refusals): Pick<KeptImport, 'refused' | 'refusedCount'> => ({
  refused: [...refused.first],
  refusedCount: refused.count(),
});

const read = async (deps: ImportFileDeps, fileKey: string, progress: Importing): Promise<void> => {
  const refused = refusals();
  try {
    const chunks = await deps.objects.getStream(fileKey);
    if (!chunks) throw new FileRefused('gone', 'the file is gone; send it again');
    const history = await readHistory(
      deps.reader,
      counted(chunks, (readBytes) => progress.say({ readBytes })),
      refused,
    );
    await takeDays(deps, progress, { history, refused });
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    const problem = { code: error.code, detail: error.message };
    await progress.save({ state: 'refused', problem, ...told(refused) });
  }
};

type Arrived = { readonly key: string; readonly bytes: number };

const attempt = async (
  deps: ImportFileDeps,
  { key: fileKey, bytes }: Arrived,
  progress: Importing,
): Promise<FileFate> => {
  try {
    await progress.save({ state: 'reading', totalBytes: bytes, readBytes: 0 });
    await read(deps, fileKey, progress);
    return progress.now().state === 'done' ? 'done' : 'refused';
  } catch (error) {
    if (error instanceof TakenOver) return 'taken-over';
    if (error instanceof Refused && error.kind === 'not-found') return 'no-household';
    throw error;
  }
};

const isOver = ({ state }: KeptImport): boolean => state === 'done' || state === 'refused';

/**
 * Reads a file that has arrived into days. Called again for the same file it begins anew where it had broken off, and changes nothing where
 * it had ended: days are taken once. The file itself goes with the lifecycle of its store, two to three days later.
 */
export const importFile = async (deps: ImportFileDeps, file: Arrived): Promise<FileFate> => {
  const place = importOfFile(file.key);
  if (!place) throw new Error('the object is no import file; its key is not imports/<household>/<import>/file');
  const held = await readImport(deps.table, place);
  if (!held) return 'no-household';
  return isOver(held) ? 'over' : attempt(deps, file, progressOf(deps, importPut, held));
};
