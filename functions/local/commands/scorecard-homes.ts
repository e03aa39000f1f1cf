import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { HourlyHome } from '@hems/models/baseline/back-test';
import type { Use } from '@hems/models/baseline/baseline';
import { readRecordedHome, type RecordedHome } from '@hems/models/testing/recorded-home';
import { refusalOf } from '../demo/recorded-sets.ts';
import { readReplayFolder } from '../demo/replay-folder.ts';
import { StartRefused } from '../start-refused.ts';
import { meanTemperatures } from './scorecard-temperatures.ts';
import { CommandRefused } from './sign-in.ts';

/** The recorded homes of a folder, as they are: no shift, no scale. */

const toUse = (hour: { readonly loadKwh: number } | undefined): Use | undefined =>
  hour && { wh: Math.round(hour.loadKwh * 1000), quality: 'good' };

type Recorded = { readonly name: string; readonly tz: string; readonly recorded: RecordedHome; readonly csv: string };
const hourly = ({ name, tz, recorded, csv }: Recorded): HourlyHome => ({
  name,
  southern: tz.startsWith('Australia/'),
  days: new Map([...recorded.days].map(([date, hours]) => [date, hours.map(toUse)])),
  meanCdegc: meanTemperatures(csv, tz),
});

const csvOf = async (folder: string, name: string): Promise<string> =>
  gunzipSync(await readFile(join(folder, `${name}.csv.gz`))).toString();

const namesIn = async (folder: string): Promise<string[]> => {
  const path = join(folder, 'HOMES.csv');
  try {
    const [, ...rows] = (await readFile(path, 'utf8')).trimEnd().split(/\r?\n/);
    return rows.map((row) => row.slice(0, row.indexOf(',')));
  } catch (error) {
    throw new CommandRefused(
      `--data: cannot read ${path}; the folder needs HOMES.csv and a <home>.csv.gz for each of its homes`,
      { cause: error },
    );
  }
};

/** A file that is no household's load is scored apart. Those there are carry wall-clock stamps. */
const readApart = async (folder: string, name: string): Promise<HourlyHome> => {
  const csv = await csvOf(folder, name);
  return hourly({ name, tz: 'UTC', csv, recorded: readRecordedHome(csv, { clock: 'wall', offsetMinutes: () => 0 }) });
};

export type ScoredHomes = { readonly homes: readonly HourlyHome[]; readonly apart: readonly HourlyHome[] };

/** `only`: these homes instead of all. */
export const readScoredHomes = async (folder: string, only?: readonly string[]): Promise<ScoredHomes> => {
  const listed = await namesIn(folder);
  const names = only ?? listed;
  const households = names.filter((name) => refusalOf(name) === undefined);
  try {
    const read = await readReplayFolder(folder, households);
    return {
      homes: await Promise.all(
        read.map(async ({ home, tz, recorded }) =>
          hourly({ name: home, tz, recorded, csv: await csvOf(folder, home) }),
        ),
      ),
      apart: await Promise.all(
        names.filter((name) => refusalOf(name) !== undefined).map((name) => readApart(folder, name)),
      ),
    };
  } catch (error) {
    throw error instanceof StartRefused ? new CommandRefused(error.message, { cause: error }) : error;
  }
};
