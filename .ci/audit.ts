import { execFile } from 'node:child_process';
import * as z from 'zod';
import { readPackages } from './lockfile.ts';
import { ROOT } from './planted.ts';

/** `npm run audit`: known weaknesses of what ships, as the registry's advisories tell them. What can be checked without them is in supply-chain.test.ts. */

/** An advisory that does not concern us, why, and until when that is believed. */
export type Excuse = { readonly advisory: string; readonly reason: string; readonly until: string };
const EXCUSED: readonly Excuse[] = [];

const advisory = z.object({ name: z.string(), title: z.string(), url: z.string(), severity: z.string() });
const reportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), z.object({ via: z.array(z.union([z.string(), advisory])) })),
});
export type Advisory = z.infer<typeof advisory>;

/** undefined: this is no report, so nothing is known of weaknesses. */
export const advisoriesOf = (said: unknown): Advisory[] | undefined => {
  const { data } = reportSchema.safeParse(said);
  if (!data) return undefined;
  const all = Object.values(data.vulnerabilities).flatMap(({ via }) => via.filter((one) => typeof one !== 'string'));
  return [...new Map(all.map((one) => [`${one.url} ${one.name}`, one])).values()];
};

const idOf = ({ url }: Advisory): string => url.split('/').at(-1) ?? url;
const told = (one: Advisory): string => `${one.severity}: ${one.name}: ${one.title} (${idOf(one)})`;
const isGrave = ({ severity }: Advisory): boolean => severity === 'high' || severity === 'critical';

/**
 * Reasons to fail. Of what ships: each high or critical advisory that nobody has excused. Of the excuses, whether or not there is a
 * report: the ones whose day has come, and the ones for nothing that is there.
 * @param today ISO day
 */
export const reasonsToFail = (
  ships: readonly Advisory[] | undefined,
  excuses: readonly Excuse[],
  today: string,
): string[] => {
  const excused = new Set(excuses.map((one) => one.advisory));
  return [
    ...(ships ?? []).filter((one) => isGrave(one) && !excused.has(idOf(one))).map(told),
    ...excuses
      .filter(({ until }) => until < today)
      .map((one) => `the excuse for ${one.advisory} ended on ${one.until}: update the package, or look again`),
    ...excuses
      .filter((one) => ships && !ships.some((found) => idOf(found) === one.advisory))
      .map((one) => `${one.advisory} is excused and not there: take the excuse out`),
  ];
};

const WAIT_MS = 60_000;

/** What npm says in JSON. It exits with 1 both for weaknesses and for a registry that does not answer. */
const audit = (...args: string[]): Promise<unknown> =>
  new Promise((resolve) => {
    const options = { cwd: ROOT, timeout: WAIT_MS, maxBuffer: 2 ** 26 };
    execFile('npm', ['audit', '--json', ...args], options, (error, stdout) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        resolve({ message: error?.killed ? `no answer in ${WAIT_MS / 1000} s` : 'npm said nothing that can be read' });
      }
    });
  });

const whyNot = (said: unknown): string => {
  const { statusCode, message = '' } = z
    .object({ statusCode: z.number().optional(), message: z.string().optional() })
    .catch({})
    .parse(said);
  return statusCode === undefined ? message.split('\n')[0] || 'no report' : `it answers ${statusCode}`;
};

const main = async (): Promise<number> => {
  const said = await audit('--omit=dev');
  const ships = advisoriesOf(said);
  const building = ships && advisoriesOf(await audit());
  const packages = readPackages();
  const shipping = packages.filter(({ dev }) => dev !== true).length;
  console.log(`${packages.length} packages; ${shipping} of them ship, the others build and test`);
  if (ships) {
    console.log(`advisories: ${ships.length} of what ships, ${building?.length ?? 0} of everything`);
    for (const one of building ?? []) console.log(`  ${told(one)}`);
  } else console.log(`SKIPPED the advisories of the registry: ${whyNot(said)}; licences, pins and hashes are tests`);
  const reasons = reasonsToFail(ships, EXCUSED, new Date().toISOString().slice(0, 10));
  for (const reason of reasons) console.error(`FAILED ${reason}`);
  return reasons.length === 0 ? 0 : 1;
};

if (import.meta.main) process.exitCode = await main();
