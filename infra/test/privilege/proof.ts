import { demandsOf, type Deployment } from './demands.ts';
import type { Rights } from './rights.ts';

/** What was asked of which port: `<function> <port> <what> [<on>]` a line. */
export type Record = readonly string[];

const everything = (right: string): string => right.replace(/^(dynamodb:DeleteItem \w+)\/.*/, '$1/*');
const isGranted = (granted: ReadonlySet<string>, right: string): boolean =>
  granted.has(right) || granted.has(everything(right));
const isNeeded = (needed: ReadonlySet<string>, right: string): boolean =>
  needed.has(right) || (right === everything(right) && [...needed].some((one) => everything(one) === right));

/**
 * `missing`: a function was seen to need what its role may not. `excess`: its role may what the function was not seen to need, and what is
 * not in `shown`, where a test elsewhere shows it.
 */
export const compare = (
  all: readonly Rights[],
  record: Record,
  { shown, ...deployment }: Deployment & { readonly shown: readonly string[] },
): { readonly missing: string[]; readonly excess: string[] } => {
  const lines = Map.groupBy([...record, ...shown], (line) => line.split(' ', 1)[0] ?? '');
  const apart = all.map(({ entry, where, granted, ofService }) => {
    const needed = new Set((lines.get(entry) ?? []).flatMap((line) => demandsOf(line, deployment)));
    const missing = [...needed, ...ofService].filter((right) => !isGranted(granted, right));
    const excess = [...granted].filter((right) => !isNeeded(needed, right) && !ofService.has(right));
    return {
      missing: missing.map((right) => `${entry} (${where}) needs ${right}`),
      excess: excess.map((right) => `${entry} (${where}) may ${right}`),
    };
  });
  return { missing: apart.flatMap(({ missing }) => missing), excess: apart.flatMap(({ excess }) => excess) };
};

/** The lines of `shown` without which nothing would be judged otherwise in any of the deployments: they excuse nothing. */
export const idleAmong = (
  shown: readonly string[],
  record: Record,
  deployments: readonly (Deployment & { readonly all: readonly Rights[] })[],
): string[] => {
  const excessOf = (lines: readonly string[], entry: string): string =>
    deployments
      .map(({ all, store, mode }) => {
        const own = all.filter((one) => one.entry === entry);
        return compare(own, record, { store, mode, shown: lines }).excess.join();
      })
      .join(';');
  return shown.filter((line) => {
    const [entry = ''] = line.split(' ', 1);
    const own = shown.filter((other) => other.startsWith(`${entry} `));
    return (
      excessOf(own, entry) ===
      excessOf(
        own.filter((other) => other !== line),
        entry,
      )
    );
  });
};
