import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { HourlyHome } from '@hems/models/baseline/back-test';
import { dayNumber } from '@hems/models/calendar/seoul';
import type { HalfHours } from '@hems/models/forecast/back-test/half-hours';
import { HOURS, type HomeSeries } from '@hems/models/forecast/series';
import { readScoredHomes } from './scorecard-homes.ts';

/** The recorded homes of a folder as the forecaster takes them: as they are, no shift, no scale. */

const toSeries = ({ name, days }: HourlyHome): HomeSeries => {
  const dates = [...days.keys()].toSorted((a, b) => (a < b ? -1 : 1));
  const wh = new Float64Array(dates.length * HOURS).fill(NaN);
  for (const [day, date] of dates.entries())
    for (const [hour, use] of (days.get(date) ?? []).entries()) wh[day * HOURS + hour] = use?.wh ?? NaN;
  return { name, firstDay: dayNumber(dates[0] ?? '1970-01-01'), wh };
};

export type ReportHomes = {
  /** by name */
  readonly homes: readonly HomeSeries[];
  /** names of those that are no household's load */
  readonly apart: readonly string[];
};

export const readReportHomes = async (folder: string): Promise<ReportHomes> => {
  const { homes, apart } = await readScoredHomes(folder);
  return {
    homes: [...homes, ...apart].map(toSeries).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    apart: apart.map(({ name }) => name),
  };
};

const HALF_HOUR_MS = 30 * 60_000;
const SLOTS = 48;
/** The published study: 672 half-hours from this local midnight in Paris, winter time. */
const ZONE = 'Europe/Paris';
const WINDOW_FROM = Date.parse('2025-02-13T23:00:00Z');
const WINDOW_SLOTS = 14 * SLOTS;

export type StudyHome = { readonly home: HalfHours; readonly from: number; readonly to: number };

/** As the study has it: what is missing is drawn straight from its neighbours. */
const filledUp = (values: readonly number[]): Float64Array => {
  const filled = Float64Array.from(values);
  for (let i = 1; i < filled.length; i++) {
    if (!Number.isNaN(filled[i])) continue;
    const next = filled.findIndex((value, at) => at > i && !Number.isNaN(value));
    const [before = 0, after = 0] = [filled[i - 1], filled[next]];
    filled[i] = next < 0 ? before : before + (after - before) / (next - i + 1);
  }
  return filled;
};

const wallClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

const slotOf = (ms: number): { slot: number; weekend: number } => {
  const parts = new Map(wallClock.formatToParts(ms).map(({ type, value }) => [type, value]));
  const half = parts.get('minute') === '30' ? 1 : 0;
  return {
    slot: (Number(parts.get('hour')) % 24) * 2 + half,
    weekend: ['Sat', 'Sun'].includes(parts.get('weekday') ?? '') ? 1 : 0,
  };
};

/** Undefined where the folder has no such file. */
export const readStudyHome = async (folder: string): Promise<StudyHome | undefined> => {
  const path = join(folder, 'emhass1_30min.csv.gz');
  if (!existsSync(path)) return undefined;
  const [, ...lines] = gunzipSync(await readFile(path))
    .toString()
    .trimEnd()
    .split('\n');
  const rows = lines.map((line) => line.split(','));
  const first = Date.parse((rows[0]?.[0] ?? '').replace('Z', ':00Z'));
  const watts = filledUp(rows.map(([, load = '']) => (load === '' ? NaN : Number(load))));
  // whole days, counted back from the window's midnight
  const window = (WINDOW_FROM - first) / HALF_HOUR_MS;
  const start = window % SLOTS;
  const clock = Array.from({ length: watts.length - start }, (_, i) => slotOf(first + (start + i) * HALF_HOUR_MS));
  return {
    home: {
      watts: watts.subarray(start),
      slot: Uint8Array.from(clock, ({ slot }) => slot),
      weekend: Uint8Array.from(clock, ({ weekend }) => weekend),
    },
    from: window - start,
    to: window - start + WINDOW_SLOTS,
  };
};
