import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { keptReadings, startLoad } from './drill-load.ts';
import { startProcess } from './host-process.ts';
import { checkLedger } from './ledger-check.ts';
import { makeBackup, newestReadingMs } from './make-backup.ts';
import { restoreBackup } from './restore-backup.ts';

const PATIENCE_MS = 60_000;
const POLL_MS = 100;

export type Drill = {
  /** between the newest reading that was there and the newest that came back */
  readonly rpoS: number;
  /** from the beginning of the restore until the restored host has taken in a reading */
  readonly rtoS: number;
  readonly backupS: number;
  readonly restoreS: number;
  readonly startS: number;
  readonly backupMb: number;
  /** of the drill's meters, acknowledged while the backup was made and a while before and after */
  readonly readingsPerS: number;
  /** acknowledged before the backup began: all of them have to come back */
  readonly owed: number;
  readonly households: number;
  readonly entries: number;
  /** a sentence for each rule that does not hold */
  readonly broken: readonly string[];
};

const newest = (folder: string): number => {
  const database = new DatabaseSync(join(folder, 'hems.sqlite'), { readOnly: true, timeout: 5000 });
  try {
    return newestReadingMs(database) ?? 0;
  } finally {
    database.close();
  }
};

const timed = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const began = performance.now();
  return [await work(), performance.now() - began];
};

type Lost = {
  readonly backup: string;
  readonly backupMs: number;
  readonly bytes: number;
  readonly readingsPerS: number;
  readonly newestMs: number;
  /** `device@time` */
  readonly owed: readonly string[];
};

/** A host under load, backed up, and killed a while later. */
const backUpAndLose = async (folder: string, loadMs: number, say: (line: string) => void): Promise<Lost> => {
  const live = join(folder, 'live');
  const host = await startProcess(live);
  try {
    say(`a host at ${host.origin}: its devices bring their history, then a daily run goes over it …`);
    await host.caughtUp;
    const load = await startLoad(live, host);
    await sleep(loadMs);
    const beganMs = Date.now();
    const [{ folder: backup, manifest }, backupMs] = await timed(
      async () => await makeBackup({ dataDirectory: live, to: join(folder, 'backups'), nowMs: beganMs }),
    );
    await sleep(loadMs);
    await host.kill();
    await load.stop();
    return {
      backup,
      backupMs,
      bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
      readingsPerS: load.acknowledged.size / ((2 * loadMs + backupMs) / 1000),
      newestMs: newest(live),
      owed: [...load.acknowledged].filter(([, atMs]) => atMs < beganMs).map(([reading]) => reading),
    };
  } finally {
    await host.kill();
  }
};

type Back = { readonly restoreMs: number; readonly startMs: number; readonly rtoMs: number; readonly newestMs: number };

/** Another folder, another host: until it has taken in a reading that is not of the backup. */
const bringBack = async (restored: string, backup: string): Promise<Back> => {
  const began = performance.now();
  const [, restoreMs] = await timed(
    async () => await restoreBackup({ backup, dataDirectory: restored, newer: undefined, erase: undefined }),
  );
  const newestMs = newest(restored);
  const [host, startMs] = await timed(async () => await startProcess(restored));
  try {
    while (newest(restored) <= newestMs) {
      if (performance.now() - began > PATIENCE_MS)
        throw new Error(`the restored host took in no reading within ${PATIENCE_MS / 1000} s`);
      await sleep(POLL_MS);
    }
    return { restoreMs, startMs, rtoMs: performance.now() - began, newestMs };
  } finally {
    await host.kill();
  }
};

const seconds = (ms: number): number => Math.round(ms / 10) / 100;

/** Loses a host and brings it back, in a folder of its own that is deleted afterwards. `loadMs`: before the backup, and again between it and the kill. */
export const restoreDrill = async (loadMs: number, say: (line: string) => void): Promise<Drill> => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-drill-'));
  try {
    const lost = await backUpAndLose(folder, loadMs, say);
    say(`backed up beside ${Math.round(lost.readingsPerS)} readings a second, then killed`);
    const restored = join(folder, 'restored');
    const back = await bringBack(restored, lost.backup);
    const kept = keptReadings(restored);
    const missing = lost.owed.filter((reading) => !kept.has(reading));
    const { households, entries, broken } = await checkLedger(join(restored, 'hems.sqlite'));
    return {
      rpoS: seconds(lost.newestMs - back.newestMs),
      rtoS: seconds(back.rtoMs),
      backupS: seconds(lost.backupMs),
      restoreS: seconds(back.restoreMs),
      startS: seconds(back.startMs),
      backupMb: Math.round(lost.bytes / 1e6),
      readingsPerS: Math.round(lost.readingsPerS),
      owed: lost.owed.length,
      households,
      entries,
      broken: [
        ...broken,
        ...(missing.length === 0
          ? []
          : [
              `${missing.length} of ${lost.owed.length} readings that were acknowledged before the backup did not come back`,
            ]),
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
