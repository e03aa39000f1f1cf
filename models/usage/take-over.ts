import { HOUR_MS } from '../calendar/seoul.ts';
import type { DeviceKind } from '../device/kinds.ts';
import { stretches, type Stretch } from './intervals.ts';
import { clip, isKnown, type Span } from './line.ts';
import type { Slot } from './slot.ts';

/** Two devices of a kind, and what each said in the overlap and around it. */
export type Both = { readonly kind: DeviceKind; readonly old: Slot; readonly next: Slot };

export type TakeOver = {
  /** from when on the next one counts in the place of the old */
  readonly atMs: number;
  /** both told the same, for long enough to say so */
  readonly alike: boolean;
};

/** So long two may tell different things: an installer tries the next one, the old one is taken off a day later. */
const APART_MS = 48 * HOUR_MS;
/** So long both have to have been known together, and so near to one another, to count as telling the same. */
const TOGETHER_MS = 2 * HOUR_MS;
const LEAST_WH = 100;
const NEAR_PERCENT = 5;
/** Within an hour so much more: devices that are read every 15 minutes put the same energy before its end or after it. */
const HOUR_SLACK_WH = 250;

/** A grid meter by what it takes in: what it gives out must not hide what the home uses. Any other device by all that passes. */
const energyOf = (kind: DeviceKind, { importWh, exportWh }: Stretch): number =>
  kind === 'smart_meter' ? importWh : importWh + exportWh;

/** What one device told in an hour of the overlap, Wh, and how much of it is known. */
type Told = { readonly wh: number; readonly knownMs: number };
const NOTHING: Told = { wh: 0, knownMs: 0 };

const hoursTold = (kind: DeviceKind, samples: Slot, overlap: Span): Map<number, Told> => {
  const hours = new Map<number, Told>();
  const known = stretches(kind, samples).flatMap((stretch) => clip(stretch, overlap));
  for (const stretch of known.filter(isKnown)) {
    const since = stretch.fromMs - ((stretch.fromMs - overlap.fromMs) % HOUR_MS);
    for (let fromMs = since; fromMs < stretch.toMs; fromMs += HOUR_MS)
      for (const part of clip(stretch, { fromMs, toMs: fromMs + HOUR_MS })) {
        const { wh, knownMs } = hours.get(fromMs) ?? NOTHING;
        hours.set(fromMs, { wh: wh + energyOf(kind, part), knownMs: knownMs + part.toMs - part.fromMs });
      }
  }
  return hours;
};

type Hour = { readonly ms: number; readonly old: Told; readonly next: Told };

const hoursOf = ({ kind, old, next }: Both, overlap: Span): Hour[] => {
  const [byOld, byNext] = [hoursTold(kind, old, overlap), hoursTold(kind, next, overlap)];
  const hours: Hour[] = [];
  for (let fromMs = overlap.fromMs; fromMs < overlap.toMs; fromMs += HOUR_MS)
    hours.push({
      ms: Math.min(HOUR_MS, overlap.toMs - fromMs),
      old: byOld.get(fromMs) ?? NOTHING,
      next: byNext.get(fromMs) ?? NOTHING,
    });
  return hours;
};

type Which = 'old' | 'next';
const sumOf = (hours: readonly Hour[], which: Which): number => hours.reduce((sum, hour) => sum + hour[which].wh, 0);

/** Whether the one told, in each hour, nothing less than the other. */
const coversEachHour = (hours: readonly Hour[], one: Which, other: Which): boolean =>
  hours.every((hour) => hour[other].wh - hour[one].wh <= HOUR_SLACK_WH + (hour[other].wh * NEAR_PERCENT) / 100);

const areAlike = (hours: readonly Hour[]): boolean => {
  const known = hours.filter(({ ms, old, next }) => old.knownMs === ms && next.knownMs === ms);
  if (known.reduce((sum, { ms }) => sum + ms, 0) < TOGETHER_MS) return false;
  const [old, next] = [sumOf(known, 'old'), sumOf(known, 'next')];
  const isNear = old >= LEAST_WH && 100 * Math.abs(old - next) <= NEAR_PERCENT * old;
  return isNear && coversEachHour(hours, 'old', 'next') && coversEachHour(hours, 'next', 'old');
};

/**
 * How one device takes the place of another that it overlaps with: from the first word of the next one to the last of the old, the one
 * that told more counts, so no energy that either told is lost. Undefined: they measure different things. That is when each told
 * something in some hour that the other did not, or when they told different things for longer than 48 hours.
 */
export const takeOver = (both: Both, overlap: Span): TakeOver | undefined => {
  const { fromMs, toMs } = overlap;
  const hours = hoursOf(both, overlap);
  const alike = areAlike(hours);
  const isNextMore = sumOf(hours, 'next') > sumOf(hours, 'old');
  const covers = isNextMore ? coversEachHour(hours, 'next', 'old') : coversEachHour(hours, 'old', 'next');
  if (!covers || (!alike && toMs - fromMs > APART_MS)) return undefined;
  return { atMs: isNextMore ? fromMs : toMs, alike };
};
