import type { DeviceKind } from '../device/kinds.ts';
import { SLOT_MS, slotStart } from '../calendar/seoul.ts';
import { balance, type HouseholdQuarter } from './balance.ts';
import { GAP_MS, type Stretch } from './intervals.ts';
import { linesOf, type DeviceSamples, type Line } from './line.ts';
import { quarters, type Quarter } from './quarters.ts';
import type { Slot } from './slot.ts';

/** The kinds whose energy decides the household's; the others lie behind them. */
const COUNTED: ReadonlySet<DeviceKind> = new Set<DeviceKind>(['smart_meter', 'solar_inverter', 'battery']);
export const isCounted = (kind: DeviceKind): boolean => COUNTED.has(kind);

/** An inverter that told 0 W and fell silent sleeps: until it speaks again it makes nothing. */
const asleep = ({ kind, samples }: Line, untilMs: number): Stretch[] => {
  const last = samples.at(-1);
  if (kind !== 'solar_inverter' || last?.quantities.power_w !== 0 || untilMs <= last.ts) return [];
  return [{ fromMs: last.ts, toMs: untilMs, from: 'registers', importWh: 0, exportWh: 0, quality: 'estimated' }];
};

/** A device that spoke lately is not behind: until a gap has passed, its own last word bounds what can be known. */
const horizon = (samples: Slot, nowMs: number): number => {
  const heard = samples.at(-1)?.ts;
  return heard !== undefined && nowMs - heard <= GAP_MS ? Math.min(heard, nowMs) : nowMs;
};

/** A device is part of the home from its first word on, and a retired one until its last. */
const isPart = ({ retired, samples }: Line, start: number): boolean => {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return false;
  return first.ts < start + SLOT_MS && !(retired && last.ts <= start);
};

export type Range = { readonly fromMs: number; readonly toMs: number; readonly nowMs: number };

/** The quarter hours of a line as far as it has been heard, or should have been. */
export const quartersOfLine = (line: Line, { fromMs, toMs, nowMs }: Range): Quarter[] => {
  const range = { fromMs, toMs, horizonMs: horizon(line.samples, nowMs) };
  return quarters([...line.stretches, ...asleep(line, range.horizonMs)], range);
};

type Told = { readonly line: Line; readonly byStart: ReadonlyMap<number, Quarter> };

const toldBy = (line: Line, range: Range): Told => ({
  line,
  byStart: new Map(quartersOfLine(line, range).map((quarter) => [quarter.startMs, quarter])),
});

const UNKNOWN = { importWh: undefined, exportWh: undefined, quality: 'missing' } as const;

/** The household's quarter hours from its devices' samples: rule 1 of the design as a pure function. Quarters that no device has reached yet are left out. */
export const householdQuarters = (devices: readonly DeviceSamples[], range: Range): HouseholdQuarter[] => {
  const counted = devices.filter(({ kind }) => isCounted(kind));
  const told = linesOf(counted).map((line) => toldBy(line, range));
  const starts: number[] = [];
  for (let start = slotStart(range.fromMs); start < Math.min(range.toMs, range.nowMs); start += SLOT_MS)
    starts.push(start);
  const reached = (start: number): boolean => told.length === 0 || told.some(({ byStart }) => byStart.has(start));
  return starts.filter(reached).map((start) => {
    const parts = told.filter(({ line }) => isPart(line, start));
    return balance(
      start,
      parts.map(({ line, byStart }) => ({
        kind: line.kind,
        quarter: byStart.get(start) ?? { startMs: start, ...UNKNOWN },
      })),
    );
  });
};
