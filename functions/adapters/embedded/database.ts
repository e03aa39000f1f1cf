import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { ConditionFailed, StoreFull } from '../../ports/table.ts';

/** One SQLite file, and group commit: jobs that wait at the same time share one transaction and one fsync. */
export type Database = {
  /** compiled once, kept */
  prepare(sql: string): StatementSync;
  exec(sql: string): void;
  /** Answers `job`, which reads only. All reads of one turn of the event loop share a lock: taking it costs more than a read. */
  read<T>(job: () => T): T;
  /**
   * Runs `job` in the next transaction; resolves once it is on disk. A job must decide before it writes: when it throws
   * `ConditionFailed` only its own promise rejects, any other error takes back the whole transaction.
   */
  commit(job: () => void): Promise<void>;
  /** finishes what waits, then closes the file; later commits are refused */
  close(): Promise<void>;
};

type Waiting = {
  readonly run: () => void;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
  refusal?: ConditionFailed;
};

/** A transaction takes no further job after this long, so that the event loop breathes while much is waiting. */
const TRANSACTION_MS = 20;

/** SQLITE_FULL */
const FULL = 13;
const isFull = (error: unknown): boolean => error instanceof Error && 'errcode' in error && error.errcode === FULL;

const advice = (file: string, error: unknown): Error => {
  const reason = error instanceof Error ? error.message : String(error);
  const what = /not a database|malformed/.test(reason)
    ? 'is damaged or is not a database. Move it away and start again with --fresh, or restore a copy'
    : /locked|busy/.test(reason)
      ? 'is locked by another process. Stop the other one, or choose another folder with --data DIR'
      : 'cannot be used. Check that its folder exists, is writable and has space';
  if (isFull(error))
    return new StoreFull(
      `database ${file} has no room to grow (${reason}). Make room where it is; nothing has to be started again`,
      { cause: error },
    );
  return new Error(`database ${file} ${what} (${reason})`, { cause: error });
};

const open = (file: string): DatabaseSync => {
  try {
    const db = new DatabaseSync(file, { timeout: 500 });
    // WAL with synchronous=FULL: a commit that returned survives a power cut, and costs one fsync.
    db.exec(
      'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8000; PRAGMA cache_size=-65536',
    );
    return db;
  } catch (error) {
    throw advice(file, error);
  }
};

const attempt = (job: Waiting): void => {
  try {
    job.run();
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    job.refusal = error;
  }
};

/** One transaction over the front of the queue. What it took leaves the queue; on an error everything that waits is told. */
const runTogether = (db: DatabaseSync, queue: Waiting[], file: string): void => {
  const until = performance.now() + TRANSACTION_MS;
  let taken = 0;
  try {
    db.exec('BEGIN IMMEDIATE');
    for (const job of queue) {
      attempt(job);
      taken += 1;
      if (performance.now() > until) break;
    }
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    const reason = advice(file, error);
    for (const job of queue.splice(0)) job.fail(reason);
    return;
  }
  for (const job of queue.splice(0, taken)) {
    if (job.refusal) job.fail(job.refusal);
    else job.done();
  }
};

/** Opens or makes the file. One connection a process: it blocks while it commits, and that is what groups the next jobs. */
export const openDatabase = (file: string): Database => {
  const db = open(file);
  const statements = new Map<string, StatementSync>();
  const queue: Waiting[] = [];
  let closed = false;

  const endReads = (): void => {
    if (db.isOpen && db.isTransaction) db.exec('COMMIT');
  };
  const flush = (): void => {
    endReads();
    if (queue.length > 0) runTogether(db, queue, file);
    if (queue.length > 0) setImmediate(flush);
  };

  return {
    prepare: (sql) => {
      const statement = statements.get(sql) ?? db.prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
    exec: (sql) => db.exec(sql),
    read: (job) => {
      if (!db.isTransaction) {
        db.exec('BEGIN');
        setImmediate(endReads);
      }
      return job();
    },
    commit: (run) =>
      new Promise((done, fail) => {
        if (closed) return fail(new Error(`database ${file} is closed`));
        // setImmediate comes after all socket reads of this turn of the loop: what they ask for shares the transaction.
        if (queue.length === 0) setImmediate(flush);
        queue.push({ run, done, fail });
      }),
    close: async () => {
      closed = true;
      endReads();
      while (queue.length > 0) runTogether(db, queue, file);
      if (db.isOpen) db.close();
    },
  };
};
