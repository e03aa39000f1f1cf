import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/**
 * Which data directory a database is of, and which backups were made of it. A backup leaves a random mark in the database before it copies it: a
 * state that has the mark of a backup came after it, whatever clocks and names of folders say.
 */
export type Lineage = { readonly directory: string; readonly mark: string };

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS data_directory (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS backup_marks (n INTEGER PRIMARY KEY, mark TEXT NOT NULL) STRICT;`;
/** Of a backup every four minutes, those of 55 days: longer than a backup is kept. */
const MARKS_KEPT = 20_000;

const newId = (): string => randomBytes(8).toString('hex');

const has = (database: DatabaseSync): boolean =>
  database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'backup_marks'`).get() !== undefined;

const idIn = (database: DatabaseSync): string | undefined => {
  const row = database.prepare('SELECT id FROM data_directory').get();
  return row && String(row['id']);
};

/** undefined: no backup was ever made of it. */
const lineageOf = (database: DatabaseSync): Lineage | undefined => {
  if (!has(database)) return undefined;
  const directory = idIn(database);
  const row = database.prepare('SELECT mark FROM backup_marks ORDER BY n DESC LIMIT 1').get();
  return directory === undefined || !row ? undefined : { directory, mark: String(row['mark']) };
};

/** Whether this state came after the backup that left the mark. */
export const cameAfter = (database: DatabaseSync, { directory, mark }: Lineage): boolean =>
  has(database) &&
  idIn(database) === directory &&
  database.prepare('SELECT 1 FROM backup_marks WHERE mark = ?').get(mark) !== undefined;

const leaveMark = (database: DatabaseSync): Lineage => {
  const mark = newId();
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(SCHEMA);
    database.prepare('INSERT OR IGNORE INTO data_directory VALUES (1, ?)').run(newId());
    const { lastInsertRowid } = database.prepare('INSERT INTO backup_marks (mark) VALUES (?)').run(mark);
    database.prepare('DELETE FROM backup_marks WHERE n <= ?').run(Number(lastInsertRowid) - MARKS_KEPT);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
  return { directory: idIn(database) ?? '', mark };
};

/** The mark of a new backup. Where none can be written, on a full disk, the mark before it stands for this one too. */
export const markBackup = (file: string): Lineage => {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    return leaveMark(database);
  } catch (error) {
    const before = lineageOf(database);
    if (before) return before;
    throw error;
  } finally {
    database.close();
  }
};
