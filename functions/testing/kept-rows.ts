import type { World } from './world.ts';

/** What is stored, so that each request of a test finds it as it was before the last one. */
export const keptRows = ({ database }: Pick<World, 'database'>) => {
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const rows = tables.map(({ name }) => {
    const all = database.prepare(`SELECT * FROM ${String(name)}`).all();
    const columns = database.prepare(`SELECT name FROM pragma_table_info('${String(name)}')`).all();
    return {
      name: String(name),
      all,
      clear: database.prepare(`DELETE FROM ${String(name)}`),
      put: database.prepare(`INSERT INTO ${String(name)} VALUES (${columns.map(() => '?').join()})`),
    };
  });
  const counter = database.prepare('SELECT total_changes() AS n');
  const ofHomes = ['homes', 'energy', 'history', 'ledger', 'community'];
  return {
    /** what is kept of homes: what is counted against a person apart */
    ofHomes: () => ofHomes.map((name) => database.prepare(`SELECT * FROM ${name} WHERE pk NOT LIKE 'U#%'`).all()),
    /** what is kept of one household */
    of: (householdId: string) =>
      rows.map(({ name }) => database.prepare(`SELECT * FROM ${name} WHERE pk = ?`).all(`H#${householdId}`)),
    /** more after each write */
    changes: () => Number(counter.get()?.['n']),
    restore: () => {
      for (const { all, clear, put } of rows) {
        clear.run();
        for (const row of all) put.run(...Object.values(row));
      }
    },
  };
};
