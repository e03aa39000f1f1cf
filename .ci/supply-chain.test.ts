import { describe, expect, test } from 'vitest';
import { askedBy, packagesIn, readManifests, readPackages } from './lockfile.ts';
import { inTwoMajors, mayUse, notPinned, withoutHash, withoutLicence, withUnknownScript } from './supply-chain.ts';

const packages = readPackages();
const manifests = readManifests();
const allowed = manifests['package.json']?.allowScripts ?? {};

const HASH = 'sha512-AAAA';
const planted = (over: Record<string, unknown>) =>
  packagesIn({
    packages: { '': {}, 'node_modules/a': { version: '1.0.0', license: 'MIT', integrity: HASH, ...over } },
  });

describe('what is taken in from others', () => {
  test('has a licence that lets us, whatever ships and whatever builds', () => {
    expect(packages.filter(({ dev }) => dev !== true).length).toBeGreaterThan(80);
    expect(withoutLicence(packages)).toEqual([]);
  });
  test('is found out when it has none, or one that does not', () => {
    for (const license of [undefined, 'GPL-3.0-only', 'SEE LICENSE IN eula', 'UNLICENSED', '(MIT AND GPL-2.0-only)'])
      expect(withoutLicence(planted({ license }))).toHaveLength(1);
    expect(withoutLicence(planted({ license: undefined, dev: true }))).toHaveLength(1);
    expect(['(MIT OR GPL-3.0-or-later)', 'MIT AND Apache-2.0', 'ISC'].filter(mayUse)).toHaveLength(3);
  });

  test('is the same bytes each time', () => {
    expect(withoutHash(packages)).toEqual([]);
    for (const over of [
      { integrity: undefined },
      { integrity: 'sha1-AAAA' },
      { integrity: undefined, optional: true, os: ['linux'] },
    ])
      expect(withoutHash(planted(over))).toEqual(['node_modules/a']);
  });

  test('is named by one version', () => {
    const asked = Object.values(manifests).flatMap(askedBy);
    expect(asked.flatMap(notPinned)).toEqual([]);
    expect(notPinned({ a: '^1.0.0', b: '1', c: 'latest', d: 'github:a/b', e: '1.0.0' })).toHaveLength(4);
  });

  test('runs nothing when it is installed, but for what was looked at', () => {
    expect(withUnknownScript(packages, allowed)).toEqual([]);
    expect(withUnknownScript(planted({ hasInstallScript: true }), allowed)).toEqual(['node_modules/a']);
    // whose script is wanted; that of the third reports installations to its maker
    expect(Object.keys(allowed).filter((name) => allowed[name])).toEqual(['node', 'esbuild']);
  });

  test('is there once, where it checks who somebody is or reads what strangers send', () => {
    expect(inTwoMajors(packages)).toEqual([]);
    const second = packagesIn({ packages: { 'node_modules/a/node_modules/jose': { version: '4.0.0' } } });
    expect(inTwoMajors([...packages, ...second])).toEqual(['jose']);
  });
});
