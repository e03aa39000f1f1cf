import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleOf, ENTRIES } from '../bundles.ts';
import { TELEMETRY_STORES } from '../config.ts';
import { compare, idleAmong } from './privilege/proof.ts';
import { calledIn, couldCall, ownCode } from './privilege/call-sites.ts';
import { callsOf, needsOf, unexplained } from './privilege/commands.ts';
import { ALWAYS, readRecord } from './privilege/record.ts';
import { SHOWN } from './privilege/shown.ts';
import { deployedRights } from './deployed-rights.ts';
import type { Rights } from './privilege/rights.ts';

const { codes, metafile } = await ownCode();
const record = [...readRecord(), ...calledIn(codes)];
const shown = SHOWN.flatMap(({ entries, asks }) => entries.flatMap((entry) => asks.map((ask) => `${entry} ${ask}`)));

it('what no handler was seen to call is shown by a test of its use case, and stands in the function’s code', () => {
  const root = join(import.meta.dirname, '../../functions');
  expect(SHOWN.map(({ by }) => by).filter((by) => !existsSync(join(root, by)))).toEqual([]);
  expect(shown.filter((line) => !couldCall(codes, line))).toEqual([]);
});

const MODES = ['direct', 'stream'] as const;

it('each call of the SDK in a function’s adapters is known', () => {
  const calls = ENTRIES.flatMap((entry) => callsOf(bundleOf(metafile, entry)));
  expect(calls.length).toBeGreaterThan(500);
  for (const call of new Set(calls)) expect(() => needsOf(call)).not.toThrow();
});

describe.each(TELEMETRY_STORES.flatMap((store) => MODES.map((mode) => ({ store, mode }))))(
  'with $store, ingest $mode',
  ({ store, mode }) => {
    const all = deployedRights(store, mode);
    const compared = compare(all, record, { store, mode, shown });

    it('every function that may anything was seen at work', () => {
      const seen = new Set([...record, ...shown].map((line) => line.split(' ', 1)[0]));
      const able = all.filter(({ granted, ofService }) => [...granted].some((right) => !ofService.has(right)));
      expect(able.length).toBeGreaterThan(80);
      expect(able.map(({ entry }) => entry).filter((entry) => !seen.has(entry))).toEqual([]);
    });

    it('no function has a right that no call of the SDK in its adapters explains', () => {
      const left = (one: Rights) =>
        unexplained(bundleOf(metafile, one.entry), one).map((right) => `${one.entry} (${one.where}) may ${right}`);
      expect(all.flatMap(left)).toEqual([]);
      const planted = all.map((one) => ({ ...one, granted: new Set([...one.granted, 'sns:Publish Alarms']) }));
      expect(planted.flatMap(left)).toHaveLength(all.length);
    });

    it('no function lacks a right that it was seen to need', () => {
      expect(compared.missing).toEqual([]);
    });

    it('no function has a right that nobody saw it need', () => {
      expect(compared.excess).toEqual([]);
    });
  },
);

it('every line of what is shown elsewhere excuses a right somewhere', () => {
  const deployments = TELEMETRY_STORES.flatMap((store) =>
    MODES.map((mode) => ({ store, mode, all: deployedRights(store, mode) })),
  );
  const noted = [...readRecord(ALWAYS), ...calledIn(codes)];
  expect(idleAmong(shown, noted, deployments)).toEqual([]);
});

it('every function that is made is deployed', () => {
  const entries = MODES.flatMap((mode) => deployedRights('blocks', mode).map(({ entry }) => entry));
  expect(new Set(entries)).toEqual(new Set(ENTRIES));
});
