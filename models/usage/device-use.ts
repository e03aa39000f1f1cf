import { slotStart } from '../calendar/seoul.ts';
import { aggregate, type Figure } from './aggregate.ts';
import { quartersOfLine, type Range } from './household.ts';
import { linesOf, type DeviceSamples, type Line } from './line.ts';
import type { Quality } from '../reading/quality.ts';

/** What one device used in a span. Absent: nothing is known of it. */
export type DeviceUse = {
  /** of those that replaced each other, the last */
  readonly deviceId: string;
  readonly usedWh: number | undefined;
  readonly quality: Quality;
  /** begin of the span, or the device's first word in it */
  readonly fromMs: number | undefined;
  /** quarter hours of which nothing is known, of those that have passed since then */
  readonly missingSlots: number;
};

const NOTHING = { usedWh: undefined, quality: 'missing', fromMs: undefined, missingSlots: 0 } as const;

const figureOf = (wh: number | undefined, quality: Quality): Figure => ({
  importWh: undefined,
  exportWh: undefined,
  solarWh: undefined,
  toBatteryWh: undefined,
  fromBatteryWh: undefined,
  loadWh: wh,
  quality,
});

const useOf = (line: Line, range: Range): Omit<DeviceUse, 'deviceId'> => {
  const [first, last] = [line.samples[0], line.samples.at(-1)];
  if (!first || !last) return NOTHING;
  const isOver = (startMs: number): boolean => line.retired && last.ts <= startMs;
  const own = quartersOfLine(line, range).filter(({ startMs }) => startMs >= slotStart(first.ts) && !isOver(startMs));
  if (own.length === 0) return NOTHING;
  const { loadWh, quality, missingSlots } = aggregate(own.map((one) => figureOf(one.importWh, one.quality)));
  return { usedWh: loadWh, quality, fromMs: Math.max(first.ts, range.fromMs), missingSlots };
};

/**
 * The use of devices by whole quarter hours, made as those of the household are, so that days add up to their span. Devices of which one
 * took the place of another are one; one that is retired counts until its last word.
 */
export const deviceUses = (devices: readonly DeviceSamples[], range: Range): DeviceUse[] =>
  linesOf(devices).map((line) => ({ deviceId: line.deviceId, ...useOf(line, range) }));

/**
 * What of the load belongs to no known device, which is never given to one of them: with it the devices are the load again. Undefined
 * where the load is not known in all of the time in which they counted, or is less than theirs: heard at different instants they may together
 * stand above it for a moment, and a device that tells too much does so for good.
 */
export const otherUse = (
  load: { readonly loadWh: number | undefined; readonly missingSlots: number },
  usedWh: readonly (number | null)[],
): number | undefined => {
  if (load.loadWh === undefined || load.missingSlots > 0) return undefined;
  const restWh = load.loadWh - usedWh.reduce<number>((sum, wh) => sum + (wh ?? 0), 0);
  return restWh < 0 ? undefined : restWh;
};
