import type { DeviceKind } from '../device/kinds.ts';
import { SLOT_MS } from '../calendar/seoul.ts';
import { qualityOf, worst, type Quality } from '../reading/quality.ts';
import type { Observation } from '../reading/point.ts';
import type { Slot } from './slot.ts';

/** Energy through a device's terminals between two of its samples. */
export type Stretch = {
  readonly fromMs: number;
  readonly toMs: number;
  /** whole from registers, a fraction from power */
  readonly from: 'registers' | 'power';
  readonly importWh: number;
  readonly exportWh: number;
  /** missing: nothing is known of the stretch and it carries no energy */
  readonly quality: Quality;
};

/** A pause longer than two reporting intervals of the slowest device is a gap: its energy is known, its shape is not. */
export const GAP_MS = 2 * SLOT_MS;
/**
 * Two registers this near to each other decide what lies between them, whatever power was told there. A reader fetches
 * the samples this far around its range, so that no quarter's value depends on the range that was asked for.
 */
export const REACH_MS = 2 * 60 * 60_000;
/** A power sample speaks for the time until the next one, if that comes within this. */
const POWER_GAP_MS = 5 * 60_000;
/** No household connection carries more; a faster register is broken or another meter's. */
const MAX_POWER_W = 100_000;
const MS_PER_HOUR = 3_600_000;

/** Whether a register can have counted so much in that time. One that cannot begins a new segment: it was reset, or is another meter's. */
export const canCount = (wh: number, ms: number): boolean => wh >= 0 && wh <= (MAX_POWER_W * ms) / MS_PER_HOUR + 1;

const delta = (before: number | undefined, after: number | undefined): number =>
  before === undefined || after === undefined ? 0 : after - before;

/**
 * Between two register samples. A register that falls, or climbs faster than any connection could, begins a new
 * segment: the stretch carries no energy and is bad. Over a gap a meter whose registers stand still was not counting
 * (no home uses nothing for half an hour), so the gap is missing; any other device may well have rested.
 */
const betweenRegisters = (kind: DeviceKind, a: Observation, b: Observation): Stretch => {
  const importWh = delta(a.quantities.energy_import_wh, b.quantities.energy_import_wh);
  const exportWh = delta(a.quantities.energy_export_wh, b.quantities.energy_export_wh);
  const span = { fromMs: a.ts, toMs: b.ts, from: 'registers' } as const;
  if (!canCount(importWh, b.ts - a.ts) || !canCount(exportWh, b.ts - a.ts))
    return { ...span, importWh: 0, exportWh: 0, quality: 'bad' };
  const sampled = worst([qualityOf(a.q), qualityOf(b.q)]);
  if (b.ts - a.ts <= GAP_MS) return { ...span, importWh, exportWh, quality: sampled };
  const still = importWh === 0 && exportWh === 0;
  return {
    ...span,
    importWh,
    exportWh,
    quality: still && kind === 'smart_meter' ? 'missing' : worst([sampled, 'estimated']),
  };
};

/** Energy of a straight line between two power samples (trapezium), import and export apart. */
const betweenPowers = (kind: DeviceKind, a: Observation, b: Observation): Stretch => {
  const span = { fromMs: a.ts, toMs: b.ts, from: 'power' } as const;
  // Sources count what they give as export at their own terminals; for them + power_w flows out of the device.
  const outward = kind === 'solar_inverter' || kind === 'battery' ? 1 : -1;
  const [startW, endW] = [(a.quantities.power_w ?? 0) * outward, (b.quantities.power_w ?? 0) * outward];
  const hours = (b.ts - a.ts) / MS_PER_HOUR;
  return {
    ...span,
    importWh: ((Math.max(0, -startW) + Math.max(0, -endW)) / 2) * hours,
    exportWh: ((Math.max(0, startW) + Math.max(0, endW)) / 2) * hours,
    quality: worst([qualityOf(a.q), qualityOf(b.q), 'estimated']),
  };
};

const hasRegister = ({ quantities }: Observation): boolean =>
  quantities.energy_import_wh !== undefined || quantities.energy_export_wh !== undefined;

const between = (kind: DeviceKind, a: Observation, b: Observation): Stretch => {
  if (hasRegister(a) && hasRegister(b)) return betweenRegisters(kind, a, b);
  const powers = a.quantities.power_w !== undefined && b.quantities.power_w !== undefined;
  if (powers && b.ts - a.ts <= POWER_GAP_MS) return betweenPowers(kind, a, b);
  return { fromMs: a.ts, toMs: b.ts, from: 'power', importWh: 0, exportWh: 0, quality: 'missing' };
};

/** Without the power samples that lie between two registers within reach: the registers know better. */
const bestKnown = (samples: Slot): Observation[] => {
  const kept: Observation[] = [];
  let passed: Observation[] = [];
  for (const sample of samples) {
    const before = kept.at(-1);
    if (!hasRegister(sample)) {
      passed.push(sample);
      continue;
    }
    const covered = before !== undefined && hasRegister(before) && sample.ts - before.ts <= REACH_MS;
    kept.push(...(covered ? [] : passed), sample);
    passed = [];
  }
  return [...kept, ...passed];
};

/**
 * The stretches between the samples of one device, of the wanted range and its neighbours. Registers make the energy;
 * power is integrated where no register speaks.
 */
export const stretches = (kind: DeviceKind, samples: Slot): Stretch[] => {
  const known = bestKnown(samples);
  return known.slice(1).flatMap((b, index) => {
    const a = known[index];
    return a === undefined ? [] : [between(kind, a, b)];
  });
};
