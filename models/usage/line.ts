import type { DeviceKind } from '../device/kinds.ts';
import { worst } from '../reading/quality.ts';
import { GAP_MS, stretches, type Stretch } from './intervals.ts';
import { passed } from './quarters.ts';
import type { Slot } from './slot.ts';

/** What a device said in the range, with its nearest word before and after it. */
export type DeviceSamples = {
  readonly deviceId: string;
  readonly kind: DeviceKind;
  /** out of service: its last word was its last */
  readonly retired: boolean;
  /** by which device it was replaced, and from when on that one counts in its place */
  readonly replaced?: { readonly by: string; readonly atMs: number } | undefined;
  /** ascending in time */
  readonly samples: Slot;
};

/** Devices of which each took the place of the one before: to the household they are one. */
export type Line = {
  /** of the last of them */
  readonly deviceId: string;
  readonly kind: DeviceKind;
  /** as the last of them */
  readonly retired: boolean;
  /** what each said in its own time, ascending */
  readonly samples: Slot;
  readonly stretches: readonly Stretch[];
};

export type Span = { readonly fromMs: number; readonly toMs: number };

/** The part of a stretch that lies in the span. */
export const clip = (stretch: Stretch, { fromMs, toMs }: Span): Stretch[] => {
  if (stretch.fromMs >= fromMs && stretch.toMs <= toMs) return [stretch];
  const [from, to] = [Math.max(stretch.fromMs, fromMs), Math.min(stretch.toMs, toMs)];
  if (from >= to) return [];
  const part = (wh: number): number => passed(wh, stretch, to) - passed(wh, stretch, from);
  return [{ ...stretch, fromMs: from, toMs: to, importWh: part(stretch.importWh), exportWh: part(stretch.exportWh) }];
};

export const isKnown = ({ quality, fromMs, toMs }: Stretch): boolean =>
  quality !== 'missing' && quality !== 'bad' && fromMs < toMs;

/** Mean power of the stretch, Wh per ms. */
const rateOf = ({ importWh, exportWh, fromMs, toMs }: Stretch) => ({
  importWh: importWh / (toMs - fromMs),
  exportWh: exportWh / (toMs - fromMs),
});

/**
 * Between the last word of one device and the first of the next neither counted. Over a pause that is no gap for one device, the home is
 * taken to have gone on between what the two told before and after; over a longer one nothing is known.
 */
const bridge = (before: readonly Stretch[], after: readonly Stretch[], { fromMs, toMs }: Span): Stretch[] => {
  const [last, first] = [before.at(-1), after[0]];
  if (fromMs >= toMs || toMs - fromMs > GAP_MS) return [];
  if (!last || !first || !isKnown(last) || !isKnown(first)) return [];
  const [a, b] = [rateOf(last), rateOf(first)];
  const quality = worst([last.quality, first.quality, 'estimated']);
  const wh = (side: 'importWh' | 'exportWh'): number => ((a[side] + b[side]) / 2) * (toMs - fromMs);
  return [{ fromMs, toMs, from: 'power', importWh: wh('importWh'), exportWh: wh('exportWh'), quality }];
};

const lineOf = (chain: readonly DeviceSamples[]): Pick<Line, 'samples' | 'stretches'> => {
  const samples: Slot[number][] = [];
  const all: Stretch[] = [];
  let fromMs = -Infinity;
  for (const { kind, replaced, samples: own } of chain) {
    const span = { fromMs, toMs: replaced?.atMs ?? Infinity };
    const said = own.filter(({ ts }) => ts >= span.fromMs && ts <= span.toMs);
    const clipped = stretches(kind, own).flatMap((stretch) => clip(stretch, span));
    const pause = { fromMs: all.at(-1)?.toMs ?? Infinity, toMs: clipped[0]?.fromMs ?? -Infinity };
    all.push(...bridge(all, clipped, pause), ...clipped);
    samples.push(...said);
    fromMs = span.toMs;
  }
  return { samples, stretches: all };
};

/** The devices as lines; one that neither replaced another nor was replaced is a line by itself. */
export const linesOf = (devices: readonly DeviceSamples[]): Line[] => {
  const byId = new Map(devices.map((device) => [device.deviceId, device]));
  const next = ({ replaced }: DeviceSamples): DeviceSamples | undefined => replaced && byId.get(replaced.by);
  const later = new Set(devices.flatMap((device) => next(device)?.deviceId ?? []));
  return devices
    .filter(({ deviceId }) => !later.has(deviceId))
    .map((head) => {
      const chain = [head];
      for (let one = next(head); one && chain.length < devices.length; one = next(one)) chain.push(one);
      const { deviceId, kind, retired } = chain.at(-1) ?? head;
      return { deviceId, kind, retired, ...lineOf(chain) };
    });
};
