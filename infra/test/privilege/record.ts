import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where functions/testing/asked.ts writes, a file for each file of tests. */
const FOLDER = join(import.meta.dirname, '../../../node_modules/.cache/hems-asked');

/** Of `npm run test:aws` and `npm run e2e`, which may have run or not, and of a whole host, whose schedules come by the clock. */
const SOMETIMES = /\.aws\.test\.ts$|\/e2e\/|\/local\/main\.test\.ts$/;
/** What every `npm test` notes, and nothing more. */
export const ALWAYS = (file: string): boolean => !SOMETIMES.test(file);

/** What handlers asked of their ports while tests ran last; files of tests that are gone say nothing any more. */
export const readRecord = (isAsked: (file: string) => boolean = () => true): string[] => {
  if (!existsSync(FOLDER))
    throw new Error('no test has noted what handlers ask; run `npm test` and `npm run test:aws` first');
  const lines = readdirSync(FOLDER).flatMap((name) => {
    const [first = '', ...noted] = readFileSync(join(FOLDER, name), 'utf8').trim().split('\n');
    const file = first.replace(/^# /, '');
    return existsSync(file) && isAsked(file) ? noted : [];
  });
  return [...new Set(lines)].toSorted();
};
