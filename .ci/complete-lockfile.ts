import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './planted.ts';

/**
 * `npx node .ci/complete-lockfile.ts` after adding a tool whose binaries come as one optional package for each platform. npm leaves those
 * out of the lockfile that its registry did not offer; `npm ci` then refuses the lockfile, and other platforms would get no
 * binary. This adds them with the version that their parent pins and the platform that their name tells.
 */
const FILE = join(ROOT, 'package-lock.json');

/** The members of a JSON object; none of anything else. */
const members = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

const PLATFORM =
  /\b(?<os>android|darwin|freebsd|linux|openharmony|win32)-(?<cpu>arm64|arm|ia32|ppc64|riscv64|s390x|x64)(-(?<libc>gnu|musl))?/;

/** The fields by which npm knows on which machine a package is wanted. */
const platformOf = (name: string) => {
  const { os, cpu, libc } = PLATFORM.exec(name)?.groups ?? {};
  if (os === undefined || cpu === undefined)
    throw new Error(`${name}: its name tells no platform; add it by npm install`);
  return { os: [os], cpu: [cpu], ...(libc !== undefined && { libc: [libc === 'gnu' ? 'glibc' : 'musl'] }) };
};

const lockfile = members(JSON.parse(readFileSync(FILE, 'utf8')));
const packages = members(lockfile['packages']);

/** Optional packages that are asked for and have no entry. */
export const missingBinaries = Object.values(packages)
  .map(members)
  .flatMap(({ dev, optionalDependencies }) =>
    Object.entries(members(optionalDependencies))
      .filter(([name]) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)))
      .map(([name, version]) => ({ name, version, dev })),
  );

if (import.meta.main) {
  for (const { name, version, dev } of missingBinaries) {
    const { os, cpu, ...libc } = platformOf(name);
    // in npm's own order, so that its next install changes nothing
    packages[`node_modules/${name}`] = { version, cpu, ...(dev === true && { dev }), ...libc, optional: true, os };
  }
  const sorted = Object.fromEntries(Object.entries(packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify({ ...lockfile, packages: sorted }, null, 2)}\n`);
}
