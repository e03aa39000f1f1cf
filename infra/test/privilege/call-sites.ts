import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { ENTRIES } from '../../bundles.ts';
import { BUNDLE } from '../../constructs/function.ts';

const FUNCTIONS = join(import.meta.dirname, '../../../functions');

/** Our own code of every function as it reaches its bundle, readable: what it does not use is gone. */
export const ownCode = async (): Promise<{
  readonly codes: ReadonlyMap<string, string>;
  readonly metafile: Metafile;
}> => {
  const { target, mainFields } = BUNDLE;
  const { outputFiles, metafile } = await build({
    target,
    mainFields,
    entryPoints: ENTRIES.map((entry) => join(FUNCTIONS, `${entry}.ts`)),
    outbase: FUNCTIONS,
    outdir: FUNCTIONS,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const codes = new Map(outputFiles.map(({ path, text }) => [path.slice(FUNCTIONS.length + 1, -'.js'.length), text]));
  return { codes, metafile };
};

/** Calls whose names no other port has: where one stands in a function's code it may be made, whether a test makes it or not. */
const TELLING = ['keys unwrap', 'keys newDataKey', 'keys blindIndex'];

const stands = (code: string, what: string): boolean => code.includes(`.${what}(`);

/** Lines as the record has them. */
export const calledIn = (codes: ReadonlyMap<string, string>): string[] =>
  [...codes].flatMap(([entry, code]) =>
    TELLING.filter((call) => stands(code, call.split(' ')[1] ?? '')).map((call) => `${entry} ${call}`),
  );

/** Whether such a call, or the name of such a table, is in the function's code at all. */
export const couldCall = (codes: ReadonlyMap<string, string>, line: string): boolean => {
  const [entry = '', port = '', what = '', on = ''] = line.split(' ');
  const code = codes.get(entry) ?? '';
  return port === 'table' ? code.includes(`"${on.split('/', 1)[0]}"`) : what === 'call' || stands(code, what);
};
