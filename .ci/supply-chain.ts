import type { Package } from './lockfile.ts';

/** Licences under which a package may be part of ours: they ask for a notice, or for changes to their own files back. */
const LICENCES = [
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'MPL-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
];

/** Whether an SPDX expression lets us: of an OR one part has to, of an AND all. */
export const mayUse = (expression: string): boolean => {
  const inner = expression.trim().replace(/^\(([^()]*)\)$/, '$1');
  if (/ OR /.test(inner)) return inner.split(' OR ').some(mayUse);
  return inner.split(' AND ').every((one) => LICENCES.includes(one.trim()));
};

/** What ships needs a licence of the list; of what builds, only parts of another package may leave it to that one to say. */
export const withoutLicence = (packages: readonly Package[]): string[] =>
  packages
    .filter(({ license, dev, inBundle, os }) =>
      license === undefined ? !(dev === true && (inBundle === true || os !== undefined)) : !mayUse(license),
    )
    .map(({ path, license = 'no licence' }) => `${path}: ${license}`);

/**
 * Each package is what it was when it was taken in: its hash is in the lockfile. Binaries of other platforms that the registry did not
 * offer when the lockfile was made (.ci/complete-lockfile.ts) build only and are told apart.
 */
export const withoutHash = (packages: readonly Package[]): string[] =>
  packages
    .filter(({ integrity, inBundle, dev, optional, os }) => {
      if (integrity !== undefined) return !integrity.startsWith('sha512-');
      return inBundle !== true && !(dev === true && optional === true && os !== undefined);
    })
    .map(({ path }) => path);

/** Dependencies that another day's install would read as another version. */
export const notPinned = (versions: Readonly<Record<string, string>>): string[] =>
  Object.entries(versions)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name}@${version}`);

/** Packages that run a program when they are installed and are not on the list of those that were looked at. */
export const withUnknownScript = (packages: readonly Package[], looked: Readonly<Record<string, boolean>>): string[] =>
  packages
    .filter(({ name, hasInstallScript }) => hasInstallScript === true && !(name in looked))
    .map(({ path }) => path);

/** They check who somebody is, or read what a stranger sent: a second copy is the one that nobody remembers to update. */
const ONE_OF_EACH = [
  'jose',
  'oidc-provider',
  'zod',
  'saxes',
  'fflate',
  'csv-parse',
  'web-push',
  'aedes',
  'mqtt-packet',
  '@peculiar/x509',
  '@fastify/busboy',
  '@smithy/signature-v4',
];

export const inTwoMajors = (packages: readonly Package[]): string[] =>
  ONE_OF_EACH.filter(
    (name) =>
      new Set(packages.filter((one) => one.name === name).map(({ version = '' }) => version.split('.')[0])).size !== 1,
  );
