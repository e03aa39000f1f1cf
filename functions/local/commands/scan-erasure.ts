import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { namedIds, type NamedIds } from '../../use-cases/erasure/named-ids.ts';
import { idsOf } from '../../use-cases/erasure/scope.ts';
import { parseReceipt, parseScope } from '../../use-cases/stores/erasures.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems scan-erasure ID... [--data DIR]
Looks through every row of every table of a local host's database, and through its files, for the ids: of a household, a meter, a person.
The ID of an erasure that is under way stands for every id it erases; of one that has ended nobody knows them any more, and its receipt is shown.
Ends with 1 when something is found.`;

const OPTIONS = { data: { type: 'string', default: '.data' }, help: { type: 'boolean', default: false } } as const;
const MOST_SHOWN = 50;

/** The command `hems scan-erasure`. */
export const scanErasure = async (args: string[]): Promise<number> => {
  const { values, positionals: asked } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (values.help || asked.length === 0) {
    console.log(USAGE);
    return values.help ? 0 : 1;
  }
  const folder = resolve(values.data);
  const file = join(folder, 'hems.sqlite');
  if (!existsSync(file)) throw new CommandRefused(`${file} is not there; name the host's folder by --data DIR.`);
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const ids = asked.flatMap((id) => idsBehind(database, id));
    const named = namedIds(ids);
    const found = [...rowsNaming(database, named, new Set(asked)), ...(await filesNaming(folder, named))];
    for (const place of found.slice(0, MOST_SHOWN)) console.log(place);
    if (found.length > MOST_SHOWN) console.log(`… and ${found.length - MOST_SHOWN} more`);
    console.log(`${found.length} found of ${ids.length} ids`);
    return found.length === 0 ? 0 : 1;
  } finally {
    database.close();
  }
};

const dataOf = (database: DatabaseSync, erasureId: string, sk: string): unknown => {
  const row = database.prepare('SELECT data FROM operations WHERE pk = ? AND sk = ?').get(`ERASURE#${erasureId}`, sk);
  return row && JSON.parse(z.string().parse(row['data']));
};

/** An id stands for itself; an erasure for all that it erases. */
const idsBehind = (database: DatabaseSync, id: string): string[] => {
  const receipt = dataOf(database, id, 'RECEIPT');
  if (receipt === undefined) return [id];
  const scope = dataOf(database, id, 'SCOPE');
  if (scope !== undefined) return idsOf(parseScope(scope));
  const { state, found, lines } = parseReceipt(receipt);
  console.log(`erasure ${id}: ${state}, its own scan found ${found ?? 'nothing yet'}`);
  for (const { store, outcome, count, until } of lines)
    console.log(`  ${store} ${outcome} ${count}${until === null ? '' : ` until ${until}`}`);
  return [];
};

/** Every row as text, whichever table it is in: also queues, executions and whatever else has been put into the file. */
const rowsNaming = (database: DatabaseSync, named: NamedIds, erasures: ReadonlySet<string>): string[] => {
  const found: string[] = [];
  for (const { name } of database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()) {
    const table = z.string().parse(name);
    for (const row of database.prepare(`SELECT * FROM "${table}"`).iterate()) {
      const isOwnScope = row['sk'] === 'SCOPE' && erasures.has(String(row['pk']).slice('ERASURE#'.length));
      if (!isOwnScope && named.isIn(JSON.stringify(row)))
        found.push(`${table} ${String(row['pk'] ?? '')} / ${String(row['sk'] ?? '')}`);
    }
  }
  return found;
};

/** By their names, which hold the ids of whom they are of. */
const filesNaming = async (folder: string, named: NamedIds): Promise<string[]> => {
  const objects = join(folder, 'objects');
  if (!existsSync(objects)) return [];
  const names = await readdir(objects, { recursive: true });
  return names.filter((name) => named.isIn(name)).map((name) => join('objects', name));
};
