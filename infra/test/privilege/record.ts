import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where functions/testing/asked.ts writes, a file for each file of tests. */
const FOLDER = join(import.meta.dirname, '../../../node_modules/.cache/hems-asked');

/** What handlers asked of their ports while tests ran last; files of tests that are gone say nothing any more. */
export const readRecord = (): string[] => {
  if (!existsSync(FOLDER))
    throw new Error('no test has noted what handlers ask; run `npm test` and `npm run test:aws` first');
  const lines = readdirSync(FOLDER).flatMap((name) => {
    const [first = '', ...noted] = readFileSync(join(FOLDER, name), 'utf8').trim().split('\n');
    return existsSync(first.replace(/^# /, '')) ? noted : [];
  });
  return [...new Set(lines)].toSorted();
};
