import type { MetricName } from '@hems/shared/metrics/catalogue';
import type { Clock } from '../../ports/clock.ts';
import { addValue, MINUTE_MS, noFigure, partsOf, type Figure } from './figures.ts';

/** `of` empty: the whole. `minute`: whole minutes since 1970. */
export type Minute = {
  readonly metric: MetricName;
  readonly of: string;
  readonly minute: number;
  readonly figure: Figure;
};

export type Recorder = {
  readonly record: (metric: MetricName, value: number, of?: string) => void;
  /** takes out the minutes that are over; `all`: the one under way as well */
  readonly take: (all?: 'all') => Minute[];
  /** puts back what could not be kept */
  readonly giveBack: (minutes: readonly Minute[]) => void;
};

/** A store that fails must not fill the memory: so many figures wait at most, which is an hour of every figure there is. */
const MOST_WAITING = 6000;

/** Adds up figures by the minute, in memory. */
export const recorder = (clock: Clock): Recorder => {
  const waiting = new Map<string, Minute>();
  const into = (metric: MetricName, of: string, minute: number): Figure | undefined => {
    const key = `${minute} ${metric} ${of}`;
    const known = waiting.get(key);
    if (known) return known.figure;
    if (waiting.size >= MOST_WAITING) return undefined;
    const figure = noFigure(metric);
    waiting.set(key, { metric, of, minute, figure });
    return figure;
  };
  const add = (metric: MetricName, value: number, of: string): void => {
    const figure = into(metric, of, Math.floor(clock.now() / MINUTE_MS));
    if (figure) addValue(figure, value);
  };
  return {
    record: (metric, value, of) => {
      if (!Number.isFinite(value)) return;
      add(metric, value, '');
      if (of !== undefined && partsOf(metric).includes(of)) add(metric, value, of);
    },
    take: (all) => {
      const now = Math.floor(clock.now() / MINUTE_MS);
      const taken = [...waiting].filter(([, { minute }]) => all === 'all' || minute < now);
      for (const [key] of taken) waiting.delete(key);
      return taken.map(([, minute]) => minute);
    },
    giveBack: (minutes) => {
      for (const one of minutes) {
        const key = `${one.minute} ${one.metric} ${one.of}`;
        if (waiting.size < MOST_WAITING && !waiting.has(key)) waiting.set(key, one);
      }
    },
  };
};
