import type { Clock } from '../../ports/clock.ts';
import type { Queue, Received } from '../../ports/queue.ts';
import type { Database } from './database.ts';

export type QueueSettings = {
  readonly name: string;
  /** a message that was received and not acknowledged comes back after this long */
  readonly visibilitySeconds: number;
  /** a message received this often is given up */
  readonly attempts: number;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS queue (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, body TEXT NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0, visible_at INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE INDEX IF NOT EXISTS queue_waiting ON queue (name, dead, visible_at);`;
const SEND = 'INSERT INTO queue (name, body, visible_at) VALUES (?, ?, ?)';
/** Its time has come; or it lies further ahead than any message waits, because the clock was set back since. */
const VISIBLE = '(visible_at <= ? OR visible_at > ?)';
const GIVE_UP = `UPDATE queue SET dead = 1 WHERE name = ? AND dead = 0 AND ${VISIBLE} AND attempt >= ?`;
const RECEIVE = `UPDATE queue SET attempt = attempt + 1, visible_at = ? WHERE id IN (
  SELECT id FROM queue WHERE name = ? AND dead = 0 AND ${VISIBLE} ORDER BY visible_at, id LIMIT ?) RETURNING id, body, attempt`;
const ACKNOWLEDGE = 'DELETE FROM queue WHERE name = ? AND id = ? AND attempt = ?';
const DEPTH =
  'SELECT count(*) FILTER (WHERE dead = 0) AS waiting, count(*) FILTER (WHERE dead = 1) AS dead FROM queue WHERE name = ?';
const REDRIVE = 'UPDATE queue SET dead = 0, attempt = 0, visible_at = ? WHERE name = ? AND dead = 1';

const ALL = `SELECT name, count(*) FILTER (WHERE dead = 0) AS waiting, count(*) FILTER (WHERE dead = 1) AS dead
  FROM queue GROUP BY name ORDER BY name`;

export type QueueDepth = { readonly name: string; readonly waiting: number; readonly dead: number };
/** Every queue of the file that holds something. */
export const allQueues = (database: Database): QueueDepth[] => {
  database.exec(SCHEMA);
  const rows = database.read(() => database.prepare(ALL).all());
  return rows.map(({ name, waiting, dead }) => ({ name: String(name), waiting: Number(waiting), dead: Number(dead) }));
};

const DEAD = 'SELECT id, body, attempt FROM queue WHERE name = ? AND dead = 1 ORDER BY id LIMIT ?';
export type DeadMessage = { readonly id: number; readonly body: string; readonly attempt: number };
/** The oldest messages that were given up. */
export const deadIn = (database: Database, name: string, limit: number): DeadMessage[] =>
  database
    .read(() => database.prepare(DEAD).all(name, limit))
    .map(({ id, body, attempt }) => ({ id: Number(id), body: String(body), attempt: Number(attempt) }));

/** Has what was given up tried again; answers how many. */
export const redriveDead = async (
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  name: string,
): Promise<number> => {
  let moved = 0;
  await database.commit(() => {
    moved = Number(database.prepare(REDRIVE).run(clock.now(), name).changes);
  });
  return moved;
};

/** As SQS has it. */
const MAX_DELAY_SECONDS = 900;

/** `Queue` in the SQLite file. A receipt names the attempt: it is void once the message has come back. */
export const sqliteQueue = (
  place: { database: Database; clock: Clock },
  { name, visibilitySeconds, attempts }: QueueSettings,
): Queue => {
  const { database, clock } = place;
  database.exec(SCHEMA);
  const run = (sql: string, ...values: (string | number)[]): number =>
    Number(database.prepare(sql).run(...values).changes);

  return {
    send: async (body, { delaySeconds = 0 } = {}) => {
      if (delaySeconds > MAX_DELAY_SECONDS)
        throw new RangeError(
          `a delay of ${delaySeconds} s is longer than ${MAX_DELAY_SECONDS} s; keep a due item instead`,
        );
      await database.commit(() => void run(SEND, name, body, clock.now() + delaySeconds * 1000));
    },
    receive: async (max) => {
      let rows: ReturnType<ReturnType<Database['prepare']>['all']> = [];
      await database.commit(() => {
        const now = clock.now();
        const latest = now + Math.max(MAX_DELAY_SECONDS, visibilitySeconds) * 1000;
        run(GIVE_UP, name, now, latest, attempts);
        rows = database.prepare(RECEIVE).all(now + visibilitySeconds * 1000, name, now, latest, max);
      });
      return rows.map(({ id, body, attempt }): Received => ({
        body: String(body),
        receipt: `${Number(id)}.${Number(attempt)}`,
        attempt: Number(attempt),
      }));
    },
    acknowledge: async (receipt) => {
      const [id = 0, attempt = 0] = receipt.split('.').map(Number);
      await database.commit(() => void run(ACKNOWLEDGE, name, id, attempt));
    },
    depth: async () => {
      const row = database.read(() => database.prepare(DEPTH).get(name));
      return { waiting: Number(row?.['waiting']), dead: Number(row?.['dead']) };
    },
    redrive: async () => await redriveDead(place, name),
  };
};
