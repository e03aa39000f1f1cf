import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as z from 'zod';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { readRecordedHome, type RecordedHome } from '@hems/models/testing/recorded-home';
import { StartRefused } from '../start-refused.ts';
import { refusalOf, remarkOf } from './recorded-sets.ts';

/** One row of HOMES.csv: a recorded home of the folder, and how its stamps are to be read. */
const row = z.object({
  home: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/),
  source: z.string(),
  country: z.string(),
  tz: z.string(),
  clock: z.string(),
  month_kwh: z.coerce.number().positive(),
});
export type ReplayHome = z.infer<typeof row> & { readonly recorded: RecordedHome };

const open = async (path: string): Promise<Buffer> => {
  try {
    return await readFile(path);
  } catch (error) {
    throw new StartRefused(
      `--replay: cannot read ${path}; the folder needs HOMES.csv and a <home>.csv.gz for each of its homes`,
      {
        cause: error,
      },
    );
  }
};

/** The columns before the remark hold neither commas nor quotes. */
const parseHomes = (csv: string): z.infer<typeof row>[] => {
  const [head = '', ...lines] = csv.trimEnd().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line, index) => {
    const cells = line.split(',');
    const parsed = row.safeParse(Object.fromEntries(names.map((name, at) => [name, cells[at]])));
    if (!parsed.success) throw new StartRefused(`HOMES.csv, line ${index + 2}: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  });
};

/** The named homes; without names all that make a plausible household. */
const choose = (all: readonly z.infer<typeof row>[], names: readonly string[] | undefined): z.infer<typeof row>[] => {
  if (!names) return all.filter(({ home }) => remarkOf(home) === undefined && refusalOf(home) === undefined);
  return names.map((name) => {
    const found = all.find(({ home }) => home === name);
    if (!found)
      throw new StartRefused(
        `--homes: ${name} is not in HOMES.csv; there are ${all.map(({ home }) => home).join(', ')}`,
      );
    const refusal = refusalOf(name);
    if (refusal !== undefined) throw new StartRefused(`--homes: ${name} is not replayed: ${refusal}`);
    return found;
  });
};

const offsetOf = (timeZone: string): ((utcMs: number) => number) => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const ask = (utcMs: number): number => {
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(utcMs)) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
  /** at the midnights of UTC: asking takes microseconds, and only two days a year need more than two answers */
  const midnights = new Map<number, number>();
  const atMidnight = (day: number): number => {
    const offset = midnights.get(day) ?? ask(day * DAY_MS);
    midnights.set(day, offset);
    return offset;
  };
  return (utcMs) => {
    const day = Math.floor(utcMs / DAY_MS);
    return atMidnight(day) === atMidnight(day + 1) ? atMidnight(day) : ask(utcMs);
  };
};

const unzip = promisify(gunzip);

/** Reads the homes of a folder in the format of the recorded sets (HOMES.csv, <home>.csv.gz). */
export const readReplayFolder = async (folder: string, names: readonly string[] | undefined): Promise<ReplayHome[]> => {
  const rows = choose(parseHomes((await open(join(folder, 'HOMES.csv'))).toString()), names);
  return Promise.all(
    rows.map(async (home) => {
      const csv = (await unzip(await open(join(folder, `${home.home}.csv.gz`)))).toString();
      try {
        const recorded = readRecordedHome(csv, { clock: home.clock, offsetMinutes: offsetOf(home.tz) });
        return { ...home, recorded };
      } catch (error) {
        throw new StartRefused(`${home.home}.csv.gz: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    }),
  );
};
