import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { loadRun, type LoadRun } from './load-messages.ts';
import { loadPage } from './load-page.ts';

const REPORTS = fileURLToPath(new URL('../../../docs/reports/', import.meta.url));
const KEPT = `${REPORTS}load.json`;
/** The newest of each kind: two full ones, so that one can be held against the other. */
const KEEP: Record<LoadRun['kind'], number> = { full: 2, soak: 1, quick: 1 };

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const readRuns = async (): Promise<LoadRun[]> => {
  try {
    return z.array(loadRun).parse(JSON.parse(await readFile(KEPT, 'utf8')));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw new Error(`${KEPT} is not what npm run load wrote; remove it and run again`, { cause: error });
  }
};

/** Keeps the run among the newest, and writes the page of them anew. */
export const keepRun = async (run: LoadRun): Promise<void> => {
  const runs = [...(await readRuns()), run];
  const newer = (at: number, kind: LoadRun['kind']): number =>
    runs.slice(at + 1).filter((one) => one.kind === kind).length;
  const kept = runs.filter(({ kind }, at) => newer(at, kind) < KEEP[kind]);
  await writeFile(KEPT, `${JSON.stringify(kept, undefined, 1)}\n`);
  await writeFile(`${REPORTS}load.md`, loadPage(kept));
};
