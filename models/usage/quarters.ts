import { SLOT_MS, slotStart } from '../calendar/seoul.ts';
import { worst, type Quality } from '../reading/quality.ts';
import type { Stretch } from './intervals.ts';

/** Energy through a device's terminals in one quarter hour, whole Wh. Absent values: nothing is known. */
export type Quarter = {
  readonly startMs: number;
  readonly importWh: number | undefined;
  readonly exportWh: number | undefined;
  readonly quality: Quality;
};

type Tally = { importWh: number; exportWh: number; knownMs: number; qualities: Set<Quality> };

/** What of a stretch's total has passed at an instant. Whole for registers: shares taken as differences of this add up to the total. */
export const passed = (totalWh: number, stretch: Stretch, atMs: number): number => {
  const wh = (totalWh * (atMs - stretch.fromMs)) / (stretch.toMs - stretch.fromMs);
  return stretch.from === 'registers' ? Math.round(wh) : wh;
};

const tallyStretch = (tallies: Map<number, Tally>, stretch: Stretch): void => {
  for (let start = slotStart(stretch.fromMs); start < stretch.toMs; start += SLOT_MS) {
    const tally = tallies.get(start);
    if (!tally) continue;
    const fromMs = Math.max(start, stretch.fromMs);
    const toMs = Math.min(start + SLOT_MS, stretch.toMs);
    tally.importWh += passed(stretch.importWh, stretch, toMs) - passed(stretch.importWh, stretch, fromMs);
    tally.exportWh += passed(stretch.exportWh, stretch, toMs) - passed(stretch.exportWh, stretch, fromMs);
    if (stretch.quality === 'missing') continue;
    tally.knownMs += toMs - fromMs;
    tally.qualities.add(stretch.quality);
  }
};

const toQuarter = (startMs: number, tally: Tally, elapsedMs: number): Quarter => {
  const { knownMs, qualities } = tally;
  const [importWh, exportWh] = [Math.round(tally.importWh), Math.round(tally.exportWh)];
  const mostlyKnown = knownMs > 0 && 2 * knownMs >= elapsedMs;
  if (importWh === 0 && exportWh === 0 && !mostlyKnown) {
    return { startMs, importWh: undefined, exportWh: undefined, quality: 'missing' };
  }
  return {
    startMs,
    importWh,
    exportWh,
    quality: mostlyKnown ? worst([...qualities]) : worst([...qualities, 'estimated']),
  };
};

export type Range = {
  /** quarter-hour boundaries, from inclusive, to exclusive, epoch ms */
  readonly fromMs: number;
  readonly toMs: number;
  /** the device has been heard, or should have been, until here */
  readonly horizonMs: number;
};

/**
 * Quarter hours of one device. A stretch that crosses a boundary is shared by time, in whole Wh that add up to it
 * exactly, so that the sum over any set of neighbouring quarters is the difference of the registers. Quarters after the
 * horizon are left out. A quarter is missing when no energy is known of it and less than half of it was observed.
 */
export const quarters = (all: readonly Stretch[], { fromMs, toMs, horizonMs }: Range): Quarter[] => {
  const tallies = new Map<number, Tally>();
  for (let start = slotStart(fromMs); start < Math.min(toMs, horizonMs); start += SLOT_MS) {
    tallies.set(start, { importWh: 0, exportWh: 0, knownMs: 0, qualities: new Set() });
  }
  for (const stretch of all) tallyStretch(tallies, stretch);
  return [...tallies].map(([start, tally]) => toQuarter(start, tally, Math.min(SLOT_MS, horizonMs - start)));
};
