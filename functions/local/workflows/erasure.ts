import type { Database } from '../../adapters/embedded/database.ts';
import { handler as erase } from '../../jobs/erase.ts';
import { openWorkflow, task, type Workflow } from './open-workflow.ts';

const ERASURE = new URL('../../workflows/erasure.asl.json', import.meta.url);

/** As the function is deployed. */
const TIMEOUT_MS = 880_000;
/** Nothing of this process lives for 15 minutes; ingest remembers a household for 30 s, as everywhere. */
const DRAIN_MS = 40_000;

/** The state machine `erasure` in this process. */
export const openErasure = ({
  database,
  say,
  drainMs = DRAIN_MS,
}: {
  readonly database: Database;
  readonly say: (line: string) => void;
  readonly drainMs?: number;
}): Workflow =>
  openWorkflow({
    database,
    say,
    file: ERASURE,
    tasks: { EraseStep: task('erase', erase, TIMEOUT_MS) },
    waitMs: { Drain: drainMs },
  });
