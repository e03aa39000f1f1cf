import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dateOfDayNumber } from '@hems/models/calendar/seoul';
import type { HomeSeries } from '@hems/models/forecast/series';
import { creditOf } from '../demo/recorded-sets.ts';
import { readReplayFolder } from '../demo/replay-folder.ts';
import { readReportHomes } from './forecast-report-homes.ts';
import { CommandRefused } from './sign-in.ts';

/**
 * Lays out the recorded homes as the image's `train` takes them; how models/forecast/shipped-model.json was made:
 *   node functions/local/commands/run.mjs forecast-report-training --data FOLDER --tree TREE
 *   node models/forecast/image/entry.ts train TREE
 * Files that are no household's load are left out.
 */
const lineOf = ({ name, firstDay, wh }: HomeSeries, source: string): string =>
  JSON.stringify({
    id: name,
    firstDate: dateOfDayNumber(firstDay),
    wh: Array.from(wh, (value) => (Number.isNaN(value) ? null : value)),
    source,
  });

const { values } = parseArgs({ options: { data: { type: 'string' }, tree: { type: 'string' } } });
if (values.data === undefined || values.tree === undefined)
  throw new CommandRefused('forecast-report-training: --data and --tree are needed');
const { homes, apart } = await readReportHomes(values.data);
const named = homes.filter(({ name }) => !apart.includes(name));
const sources = new Map(
  (
    await readReplayFolder(
      values.data,
      named.map(({ name }) => name),
    )
  ).map(({ home, source }) => [home, source]),
);
const folder = join(values.tree, 'input', 'data', 'training');
mkdirSync(folder, { recursive: true });
// these dates are as recorded
const credit = (name: string): string => creditOf(sources.get(name) ?? name, false).replace(/ Dates shifted\.$/, '');
writeFileSync(join(folder, 'homes.jsonl'), named.map((home) => `${lineOf(home, credit(home.name))}\n`).join(''));
console.log(`${named.length} homes in ${folder}`);
