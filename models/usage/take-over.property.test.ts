import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR_MS, SLOT_MS } from '../calendar/seoul.ts';
import { householdQuarters } from './household.ts';
import type { DeviceSamples } from './line.ts';
import type { Slot } from './slot.ts';
import { takeOver } from './take-over.ts';

const BEGIN = 1_795_316_400_000;
/** three days */
const SLOTS = 3 * 96;
const at = (slot: number): number => BEGIN + slot * SLOT_MS;

/** A register read every quarter hour from one slot to another, which counts `wh` of each. */
const registerOf = (wh: readonly number[], [from, to]: readonly [number, number]): Slot => {
  let counted = 0;
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const sample = { ts: at(from + index), boot: 1, seq: index, q: 0, quantities: { energy_import_wh: counted } };
    counted += wh[from + index] ?? 0;
    return sample;
  });
};
const meter = (deviceId: string, samples: Slot, replaced?: DeviceSamples['replaced']): DeviceSamples => ({
  deviceId,
  kind: 'smart_meter',
  retired: replaced !== undefined,
  replaced,
  samples,
});
const importOf = (...devices: DeviceSamples[]): number =>
  householdQuarters(devices, { fromMs: BEGIN, toMs: at(SLOTS), nowMs: at(SLOTS) }).reduce(
    (sum, { importWh = 0 }) => sum + importWh,
    0,
  );
const decide = (old: Slot, next: Slot) =>
  takeOver({ kind: 'smart_meter', old, next }, { fromMs: next[0]?.ts ?? BEGIN, toMs: old.at(-1)?.ts ?? BEGIN });
const flat = (wh: number): number[] => Array.from({ length: SLOTS }, () => wh);

const use = fc.array(fc.constantFrom(0, 20, 100, 400), { minLength: SLOTS, maxLength: SLOTS });
/** what the second one tells of the home that the first one measures */
const second = fc.oneof(
  fc.constant((wh: readonly number[]) => [...wh]),
  fc
    .integer({ min: 0, max: 300 })
    .map((percent) => (wh: readonly number[]) => wh.map((one) => Math.round((one * percent) / 100))),
  use.map((own) => () => own),
);

test('no replacement that is allowed makes the use of the days less than either of the two told alone', () => {
  const span = fc.record({ from: fc.integer({ min: 0, max: 200 }), to: fc.integer({ min: 30, max: SLOTS }) });
  fc.assert(
    fc.property(use, second, span, (wh, other, { from, to }) => {
      fc.pre(from < to);
      const [old, next] = [registerOf(wh, [0, to]), registerOf(other(wh), [from, SLOTS])];
      const decided = decide(old, next);
      if (!decided) return;
      const after = importOf(meter('old', old, { by: 'next', atMs: decided.atMs }), meter('next', next));
      expect(after).toBeGreaterThanOrEqual(importOf(meter('old', old)));
      expect(after).toBeGreaterThanOrEqual(importOf(meter('next', next)));
    }),
  );
});

test('two that measure the same home take over from one another however long both did, and each hour counts once', () => {
  const span = fc.record({ from: fc.integer({ min: 0, max: 80 }), to: fc.integer({ min: 100, max: SLOTS }) });
  fc.assert(
    fc.property(use, span, (wh, { from, to }) => {
      const busy = wh.map((one) => one + 50);
      const [old, next] = [registerOf(busy, [0, to]), registerOf(busy, [from, SLOTS])];
      const decided = decide(old, next);
      expect(decided).toEqual({ atMs: at(to), alike: true });
      const after = importOf(meter('old', old, { by: 'next', atMs: at(to) }), meter('next', next));
      expect(after).toBe(busy.reduce((sum, one) => sum + one, 0));
    }),
  );
});

describe('two that measure different things', () => {
  const old = registerOf(flat(100), [0, SLOTS]);

  test('do not take over from one another after more than 48 hours', () => {
    const half = (hours: number) => decide(old, registerOf(flat(50), [SLOTS - hours * 4, SLOTS]));
    expect(half(48)).toEqual({ atMs: at(SLOTS), alike: false });
    expect(half(49)).toBeUndefined();
  });

  test('count from the first word of the next one where that told more', () => {
    const idle = registerOf(flat(1), [0, 100]);
    const main = registerOf(flat(250), [0, SLOTS]);
    expect(decide(idle, main)).toEqual({ atMs: BEGIN, alike: false });
  });

  test('do not take over where the one that told more was idle in an hour of the other, such as that of a saving event', () => {
    const event = flat(300).map((wh, slot) => (slot >= SLOTS - 40 && slot < SLOTS - 36 ? 0 : wh));
    expect(decide(old, registerOf(event, [SLOTS - 80, SLOTS]))).toBeUndefined();
  });

  test('do not take over where the one that told more was not heard in some of the hours', () => {
    expect(decide(old, registerOf(flat(2000), [SLOTS - 80, SLOTS - 60]))).toBeUndefined();
  });
});

test('an inverter is known by what it makes', () => {
  const made = (wh: number, [from, to]: readonly [number, number]): Slot =>
    registerOf(flat(wh), [from, to]).map(({ quantities: { energy_import_wh = 0 }, ...sample }) => ({
      ...sample,
      quantities: { energy_import_wh: 0, energy_export_wh: energy_import_wh },
    }));
  const both = { kind: 'solar_inverter', old: made(100, [0, SLOTS]), next: made(100, [40, SLOTS]) } as const;
  const overlap = { fromMs: at(40), toMs: at(SLOTS) };
  expect(takeOver(both, overlap)?.alike).toBe(true);
  expect(takeOver({ ...both, next: made(1, [40, SLOTS]) }, overlap)).toBeUndefined();
  expect(overlap.toMs - overlap.fromMs).toBeGreaterThan(48 * HOUR_MS);
});
