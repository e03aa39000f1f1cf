import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { addDays, DAY_MS, HOUR_MS, localDate, dayStart } from '@hems/models/calendar/seoul';
import { readLastBackup } from '../backup/last-backup.ts';
import { newestReadingMs } from '../backup/make-backup.ts';
import { FORMAT, formatOf } from '../data-directory.ts';
import { fails, ok, warns, type Finding } from './finding.ts';

/** The whole of it takes about a second per 100 MB; of a larger file the pages are looked at and not the indexes against them. */
const WHOLE_CHECK_BYTES = 300e6;
const AHEAD_MS = 5 * 60_000;
const EXPIRES_SOON_MS = 30 * DAY_MS;
const MINUTE_MS = 60_000;
/** Of backups every four minutes three were missed; a day is too long whatever the schedule. */
const BACKUP_OLD_MS = { warns: 15 * MINUTE_MS, fails: DAY_MS };
/** By six the run of yesterday has succeeded. */
const RUN_DONE_MS = 6 * HOUR_MS;

const integrity = (database: DatabaseSync, bytes: number): Finding => {
  const pragma = bytes < WHOLE_CHECK_BYTES ? 'integrity_check' : 'quick_check';
  const said = String(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
  const size = `${(bytes / 1e6).toFixed(0)} MB`;
  if (said === 'ok') return ok('database', `${pragma} is ok, ${size}`);
  return fails(
    'database',
    `${pragma}: ${said}`,
    'Stop the host, keep the folder, and restore a backup beside it: npm run -s hems -- restore BACKUP --data DIR --newer THIS-FOLDER',
  );
};

const count = (database: DatabaseSync, sql: string, ...values: string[]): number =>
  Number(database.prepare(sql).get(...values)?.['n'] ?? 0);
const hasTable = (database: DatabaseSync, name: string): boolean =>
  count(database, 'SELECT count(*) AS n FROM sqlite_master WHERE name = ?', name) > 0;

const newestReading = (database: DatabaseSync, nowMs: number): Finding => {
  const ms = newestReadingMs(database);
  if (ms === null) return ok('readings', 'none yet');
  const says = `the newest is ${((nowMs - ms) / 1000).toFixed(0)} s old`;
  return ms - nowMs > AHEAD_MS
    ? fails(
        'readings',
        `the newest lies ${((ms - nowMs) / 1000).toFixed(0)} s ahead`,
        'The clock of this machine was set back, or a device’s runs ahead. Set the clock right before the host takes in more.',
      )
    : ok('readings', says);
};

const deadLetters = (database: DatabaseSync): Finding => {
  const dead = hasTable(database, 'queue') ? count(database, 'SELECT count(*) AS n FROM queue WHERE dead = 1') : 0;
  return dead === 0
    ? ok('dead letters', 'none')
    : warns(
        'dead letters',
        `${dead} messages were given up`,
        'npm run -s hems -- dead-letters list, mend the cause, then dead-letters redrive QUEUE',
      );
};

const quarantine = (database: DatabaseSync): Finding => {
  const held = count(
    database,
    `SELECT count(*) AS n FROM operations WHERE pk LIKE 'QUARANTINE#%' AND json_extract(data, '$.state') = 'held'`,
  );
  return held === 0
    ? ok('quarantine', 'nothing is held')
    : warns(
        'quarantine',
        `${held} messages are held`,
        'npm run -s hems -- quarantine list --date YYYY-MM-DD says why; quarantine replay lets them through once it is mended',
      );
};

const run = z.object({ state: z.string(), attempt: z.int() });
/** Whether the day was over before this host began: no run of an earlier day, and the first minute that it measured is later. */
const isBefore = (database: DatabaseSync, date: string): boolean => {
  if (count(database, `SELECT count(*) AS n FROM operations WHERE sk = 'RUN' AND pk < ?`, `RUN#${date}`) > 0)
    return false;
  const first = hasTable(database, 'ops_minutes')
    ? database.prepare('SELECT min(minute) AS minute FROM ops_minutes').get()?.['minute']
    : undefined;
  return typeof first === 'number' && localDate(first * MINUTE_MS) > date;
};

const dailyRun = (database: DatabaseSync, nowMs: number): Finding => {
  const today = localDate(nowMs);
  const date = addDays(today, nowMs - dayStart(today) < RUN_DONE_MS ? -2 : -1);
  const row = database.prepare(`SELECT data FROM operations WHERE pk = ? AND sk = 'RUN'`).get(`RUN#${date}`);
  const todo = `npm run -s hems -- run-day ${date} carries it out, or goes on with what is open`;
  if (!row)
    return isBefore(database, date)
      ? ok('daily run', `this host has measured since after ${date}; none is due yet`)
      : warns('daily run', `there was none of ${date}`, todo);
  const { state, attempt } = run.parse(JSON.parse(String(row['data'])));
  return state === 'succeeded'
    ? ok('daily run', `${date} succeeded, attempt ${attempt}`)
    : warns('daily run', `${date}: attempt ${attempt} is ${state}`, todo);
};

const certificates = async (folder: string, nowMs: number): Promise<Finding> => {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.pem'));
  const lefts = await Promise.all(
    names.map(async (name) => ({
      name,
      untilMs: Date.parse(new X509Certificate(await readFile(join(folder, name))).validTo),
    })),
  );
  const first = lefts.toSorted((a, b) => a.untilMs - b.untilMs)[0];
  if (!first) return ok('certificates', 'none yet');
  const says = `${first.name} is valid until ${new Date(first.untilMs).toISOString().slice(0, 10)}`;
  const todo =
    'Gateways have to be given certificates of a new authority: move the folder ca away, start the host, and connect each gateway anew (hems gateway add).';
  if (first.untilMs < nowMs) return fails('certificates', says, todo);
  return first.untilMs - nowMs < EXPIRES_SOON_MS ? warns('certificates', says, todo) : ok('certificates', says);
};

const lastBackup = async (folder: string, nowMs: number): Promise<Finding> => {
  const last = await readLastBackup(folder);
  const todo = 'npm run -s hems -- backup --to FOLDER on another disk; have cron do it every four minutes';
  if (!last) return warns('backup', 'none was made of this folder', todo);
  if (last === 'unreadable')
    return warns('backup', `${join(folder, 'last-backup')} cannot be read: nobody knows when the last was made`, todo);
  const ageMs = nowMs - last.madeMs;
  const age = ageMs < HOUR_MS ? `${Math.round(ageMs / MINUTE_MS)} min` : `${(ageMs / HOUR_MS).toFixed(1)} h`;
  const says = `the last is ${age} old, in ${last.folder}`;
  if (!existsSync(last.folder)) return warns('backup', `the last was in ${last.folder}, which is not there`, todo);
  if (ageMs > BACKUP_OLD_MS.fails) return fails('backup', says, todo);
  return ageMs > BACKUP_OLD_MS.warns ? warns('backup', says, todo) : ok('backup', says);
};

/** What lies in a data directory, whether a host runs on it or not. */
export const lookAtData = async (folder: string, nowMs: number): Promise<Finding[]> => {
  const format = await formatOf(folder);
  if (format === undefined)
    return [warns('data', `${folder} holds no data yet`, 'npm start makes it; or name the folder by --data DIR')];
  if (format !== FORMAT)
    return [
      fails(
        'data',
        `format ${format}, this code reads ${FORMAT}`,
        'Stop the host and copy the folder away. Then start it with the commit that wrote it, which the manifest.json of its backups names. Only where nothing in it matters: npm start -- --fresh',
      ),
    ];
  const file = join(folder, 'hems.sqlite');
  const { size } = await stat(file);
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const whole = integrity(database, size);
    const rest =
      whole.state === 'fails'
        ? []
        : [newestReading(database, nowMs), deadLetters(database), quarantine(database), dailyRun(database, nowMs)];
    return [
      ok('data', `${folder}, format ${format}`),
      whole,
      ...rest,
      await certificates(join(folder, 'ca'), nowMs),
      await lastBackup(folder, nowMs),
    ];
  } catch (error) {
    return [
      fails(
        'database',
        error instanceof Error ? error.message : String(error),
        'Stop the host, keep the folder, and restore a backup beside it: npm run -s hems -- restore BACKUP --data DIR --newer THIS-FOLDER',
      ),
    ];
  } finally {
    database.close();
  }
};
