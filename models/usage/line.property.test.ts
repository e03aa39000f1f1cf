import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SLOT_MS } from '../calendar/seoul.ts';
import { householdQuarters } from './household.ts';
import type { DeviceSamples } from './line.ts';
import type { Slot } from './slot.ts';

const BEGIN = 1_795_316_400_000;
const MINUTE_MS = 60_000;
const MINUTES = 8 * 60;

/** Wh that the home takes in each minute. */
const use = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: MINUTES, maxLength: MINUTES });

type Heard = { readonly fromMin: number; readonly toMin: number; readonly everyMin: number; readonly startWh: number };
/** A register that counts the home's use while it is there, read every few minutes. */
const registerOf = (wh: readonly number[], { fromMin, toMin, everyMin, startWh }: Heard): Slot => {
  const samples: Slot[number][] = [];
  let counted = startWh;
  for (let minute = fromMin; minute <= toMin; minute += 1) {
    if ((minute - fromMin) % everyMin === 0 || minute === toMin)
      samples.push({
        ts: BEGIN + minute * MINUTE_MS,
        boot: 1,
        seq: minute,
        q: 0,
        quantities: { energy_import_wh: counted, energy_export_wh: 0 },
      });
    counted += wh[minute] ?? 0;
  }
  return samples;
};

const meter = (deviceId: string, samples: Slot, replaced?: DeviceSamples['replaced']): DeviceSamples => ({
  deviceId,
  kind: 'smart_meter',
  retired: replaced !== undefined,
  replaced,
  samples,
});
const quarters = (devices: readonly DeviceSamples[]) =>
  householdQuarters(devices, { fromMs: BEGIN, toMs: BEGIN + MINUTES * MINUTE_MS, nowMs: BEGIN + MINUTES * MINUTE_MS });

test('two meters that overlap, one in the place of the other, tell each quarter hour as one that was there all the time', () => {
  const overlap = fc.record({ from: fc.integer({ min: 60, max: 200 }), to: fc.integer({ min: 201, max: 420 }) });
  fc.assert(
    fc.property(use, overlap, fc.nat(1_000_000), (wh, { from, to }, startWh) => {
      const old = registerOf(wh, { fromMin: 0, toMin: to, everyMin: 1, startWh });
      const next = registerOf(wh, { fromMin: from, toMin: MINUTES, everyMin: 1, startWh: 0 });
      const whole = registerOf(wh, { fromMin: 0, toMin: MINUTES, everyMin: 1, startWh: 0 });
      const replaced = { by: 'next', atMs: BEGIN + to * MINUTE_MS };
      const told = quarters([meter('next', next), meter('old', old, replaced)]);
      expect(told).toEqual(quarters([meter('whole', whole)]));
      expect(told).toHaveLength((MINUTES * MINUTE_MS) / SLOT_MS);
    }),
  );
});

test('a change at any moment, read as rarely as may be, keeps the sum of the registers to a Wh and no quarter below 0', () => {
  const change = fc.record({
    from: fc.integer({ min: 60, max: 200 }),
    to: fc.integer({ min: 201, max: 420 }),
    everyMin: fc.integer({ min: 1, max: 15 }),
  });
  fc.assert(
    fc.property(use, change, (wh, { from, to, everyMin }) => {
      const old = registerOf(wh, { fromMin: 0, toMin: to, everyMin, startWh: 500 });
      const next = registerOf(wh, { fromMin: from, toMin: MINUTES, everyMin, startWh: 0 });
      const atMs = BEGIN + to * MINUTE_MS;
      const told = quarters([meter('old', old, { by: 'next', atMs }), meter('next', next)]);
      const sum = told.reduce((total, { importWh = 0 }) => total + importWh, 0);
      const spread = Math.max(
        ...Array.from({ length: everyMin }, (_, n) => wh[to - n] ?? 0),
        ...wh.slice(to, to + everyMin),
      );
      // within the interval of the change the new register is shared by time
      expect(Math.abs(sum - wh.slice(0, MINUTES).reduce((total, one) => total + one, 0))).toBeLessThanOrEqual(
        everyMin * spread + 1,
      );
      expect(told.every(({ importWh = 0 }) => importWh >= 0)).toBe(true);
    }),
  );
});
