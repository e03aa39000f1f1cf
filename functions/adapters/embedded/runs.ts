import type { Runs, RunStatus } from '../../ports/runs.ts';
import type { Database } from './database.ts';

export type RunsParts = {
  readonly database: Database;
  /** carries out the state machine; rejects when the execution fails */
  readonly execute: (input: unknown) => Promise<void>;
  readonly say: (line: string) => void;
};

const SCHEMA =
  'CREATE TABLE IF NOT EXISTS executions (name TEXT PRIMARY KEY, status TEXT NOT NULL, reason TEXT) STRICT';
const START = `INSERT INTO executions (name, status) VALUES (?, 'running') ON CONFLICT DO NOTHING`;
const END = 'UPDATE executions SET status = ?, reason = ? WHERE name = ?';
const STATUS = 'SELECT status FROM executions WHERE name = ?';
const CUT_OFF = `UPDATE executions SET status = 'failed', reason = 'the local host stopped' WHERE status = 'running'`;

const statusOf = (text: unknown): RunStatus | undefined =>
  text === 'running' || text === 'succeeded' || text === 'failed' ? text : undefined;

export type EmbeddedRuns = Runs & {
  /** resolves when nothing executes any more */
  idle(): Promise<void>;
};

/** `Runs` in this process, remembered in the SQLite file. What executed when an earlier process ended has failed. */
export const embeddedRuns = ({ database, execute, say }: RunsParts): EmbeddedRuns => {
  database.exec(SCHEMA);
  database.exec(CUT_OFF);
  const running = new Set<Promise<void>>();
  /** how those ended of which the file has not heard: the disk was full */
  const unkept = new Map<string, RunStatus>();

  const carryOut = async (name: string, input: unknown): Promise<void> => {
    const reason = await execute(input).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const status: RunStatus = reason === null ? 'succeeded' : 'failed';
    say(`${name} ${status}${reason === null ? '' : `: ${reason}`}`);
    unkept.set(name, status);
    await database.commit(() => void database.prepare(END).run(status, reason, name));
    unkept.delete(name);
  };
  return {
    start: async (name, input) => {
      let isNew = false;
      await database.commit(() => {
        isNew = database.prepare(START).run(name).changes === 1;
      });
      if (!isNew) return false;
      const execution = carryOut(name, input)
        .catch((error: unknown) => say(`${name}: how it ended could not be kept: ${String(error)}`))
        .finally(() => running.delete(execution));
      running.add(execution);
      return true;
    },
    status: async (name) =>
      unkept.get(name) ?? statusOf(database.read(() => database.prepare(STATUS).get(name))?.['status']),
    idle: async () => {
      await Promise.all(running);
    },
  };
};
