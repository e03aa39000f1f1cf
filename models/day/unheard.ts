import { REACH_MS } from '../usage/intervals.ts';
import { isCounted } from '../usage/household.ts';
import type { DeviceSamples } from '../usage/line.ts';
import type { Observation } from '../reading/point.ts';

const hasRegister = ({ quantities }: Observation): boolean =>
  quantities.energy_import_wh !== undefined || quantities.energy_export_wh !== undefined;

/**
 * Whether the device's next word can still change what it did before the instant. Its registers decide over its powers within
 * reach, so a device that counts has to count once more, or to be beyond reach.
 */
const isUnheard = ({ retired, kind, samples }: DeviceSamples, endMs: number): boolean => {
  const first = samples[0];
  if (retired || !isCounted(kind) || first === undefined || first.ts >= endMs) return false;
  const counts = samples.some((sample) => sample.ts < endMs && sample.ts >= endMs - REACH_MS && hasRegister(sample));
  const settles = (sample: Observation): boolean => hasRegister(sample) || sample.ts >= endMs + REACH_MS;
  return !samples.some((sample) => sample.ts >= endMs && (!counts || settles(sample)));
};

/** How many of the devices are. */
export const unheardSince = (devices: readonly DeviceSamples[], endMs: number): number =>
  devices.filter((device) => isUnheard(device, endMs)).length;

/** Whether any of the devices has been part of the home before the instant. */
export const beganBefore = (devices: readonly DeviceSamples[], [startMs, endMs]: readonly [number, number]): boolean =>
  devices.some(({ kind, retired, samples }) => {
    const [first, last] = [samples[0], samples.at(-1)];
    return (
      isCounted(kind) &&
      first !== undefined &&
      last !== undefined &&
      first.ts < endMs &&
      !(retired && last.ts <= startMs)
    );
  });
