import { DAY_MS, HOUR_MS, addDays, dateOfDayNumber, dayNumber, type LocalDate } from '../calendar/seoul.ts';

/** Hours of a recorded home by the date and hour of its resident's wall clock; absent: not recorded. */
export type RecordedHour = { readonly loadKwh: number; readonly pvKwh: number };
export type RecordedHome = {
  /** first and last whole day */
  readonly firstDate: LocalDate;
  readonly lastDate: LocalDate;
  readonly hasPv: boolean;
  /** 24 per whole day */
  readonly days: ReadonlyMap<LocalDate, readonly (RecordedHour | undefined)[]>;
};

/** How the stamps of a file are to be read: `clock` as its column in HOMES.csv says it, and the resident's time zone as offset from UTC. */
export type FileClock = {
  readonly clock: string;
  /** minutes east of UTC at an instant, daylight saving included */
  readonly offsetMinutes: (utcMs: number) => number;
};

const STAMP = /^(\d{4}-\d\d-\d\d)[T ](\d\d):00(?::00)?$/;
const MINUTE_MS = 60_000;

/** Minutes between the file's stamps and UTC, or undefined when they are wall clock already. */
const fixedOffset = (clock: string): number | undefined => {
  if (clock.startsWith('wall')) return undefined;
  if (clock.startsWith('UTC') || clock.startsWith('GMT')) return 0;
  const [, hours] = /UTC\+(\d+)/.exec(clock) ?? [];
  if (hours !== undefined) return Number(hours) * 60;
  throw new Error(`clock "${clock}" is not known: wall, UTC, GMT or standard time UTC+<hours> is`);
};

/** The file's stamp as milliseconds of the wall clock, counted as if it were UTC. */
const wallMs = (stampMs: number, { clock, offsetMinutes }: FileClock): number => {
  const fixed = fixedOffset(clock);
  if (fixed === undefined) return stampMs;
  const utcMs = stampMs - fixed * MINUTE_MS;
  return utcMs + offsetMinutes(utcMs) * MINUTE_MS;
};

type Row = { readonly stampMs: number; readonly loadKwh: number | undefined; readonly pvKwh: number | undefined };

const cell = (text: string | undefined, line: number): number | undefined => {
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`line ${line}: "${text}" is not an amount of kWh`);
  return value;
};

/** Rows of `ts,load_kwh[,pv_kwh][,…]`, whose order of columns is free. */
const parseRows = (csv: string): { rows: Row[]; hasPv: boolean } => {
  const [head = '', ...lines] = csv.trimEnd().split(/\r?\n/);
  const columns = head.split(',');
  const [ts, load, pv] = ['ts', 'load_kwh', 'pv_kwh'].map((name) => columns.indexOf(name));
  if (ts === undefined || ts < 0 || load === undefined || load < 0) {
    throw new Error(`the columns are "${head}": ts and load_kwh are needed`);
  }
  const rows = lines.map((text, index): Row => {
    const line = index + 2;
    const cells = text.split(',');
    const [, date, hour] = STAMP.exec(cells[ts] ?? '') ?? [];
    if (date === undefined) throw new Error(`line ${line}: "${cells[ts]}" is not the start of an hour`);
    const stampMs = dayNumber(date) * DAY_MS + Number(hour) * HOUR_MS;
    return {
      stampMs,
      loadKwh: cell(cells[load], line),
      pvKwh: pv === undefined || pv < 0 ? undefined : cell(cells[pv], line),
    };
  });
  return { rows, hasPv: pv !== undefined && pv >= 0 };
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** An hour that the wall clock shows twice is their mean; one without a load (or without the PV it should have) is missing. */
const hourOf = (rows: readonly Row[], hasPv: boolean): RecordedHour | undefined => {
  const whole = rows.flatMap(({ loadKwh, pvKwh }) =>
    loadKwh === undefined || (hasPv && pvKwh === undefined) ? [] : [{ loadKwh, pvKwh: pvKwh ?? 0 }],
  );
  if (whole.length === 0) return undefined;
  return { loadKwh: mean(whole.map(({ loadKwh }) => loadKwh)), pvKwh: mean(whole.map(({ pvKwh }) => pvKwh)) };
};

/** A recorded home as whole days of its resident's wall clock; partial days at either end are dropped, gaps stay gaps. */
export const readRecordedHome = (csv: string, clock: FileClock): RecordedHome => {
  const { rows, hasPv } = parseRows(csv);
  const byHour = new Map<number, Row[]>();
  for (const row of rows) {
    const hour = wallMs(row.stampMs, clock) / HOUR_MS;
    byHour.set(hour, [...(byHour.get(hour) ?? []), row]);
  }
  const hours = [...byHour.keys()].toSorted((a, b) => a - b);
  const firstDay = Math.ceil((hours[0] ?? 0) / 24);
  const lastDay = Math.floor(((hours.at(-1) ?? -1) + 1) / 24) - 1;
  if (!(lastDay >= firstDay)) throw new Error(`${rows.length} hours hold no whole day`);
  const firstDate = dateOfDayNumber(firstDay);
  const dates = Array.from({ length: lastDay - firstDay + 1 }, (_, index) => addDays(firstDate, index));
  const dayOf = (date: LocalDate): (RecordedHour | undefined)[] =>
    Array.from({ length: 24 }, (_, hour) => hourOf(byHour.get(dayNumber(date) * 24 + hour) ?? [], hasPv));
  return {
    firstDate,
    lastDate: dateOfDayNumber(lastDay),
    hasPv,
    days: new Map(dates.map((date) => [date, dayOf(date)])),
  };
};

const SEASON_DAYS = 182;
const HISTORY_DAYS = 63;

/**
 * Whole weeks between a recorded home and its replay: the day of the file that carries today's month and day (on the
 * southern half of the globe, half a year later) comes to lie within three days of today, with nine weeks of history
 * before it where one of the file's years has them.
 */
export const replayShift = (
  { firstDate, lastDate }: Pick<RecordedHome, 'firstDate' | 'lastDate'>,
  { today, southern }: { today: LocalDate; southern: boolean },
): number => {
  const seasonal = addDays(today, southern ? SEASON_DAYS : 0);
  const monthAndDay = seasonal.endsWith('02-29') ? '02-28' : seasonal.slice(5);
  const [firstYear, lastYear] = [Number(firstDate.slice(0, 4)), Number(lastDate.slice(0, 4))];
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => lastYear - index);
  const anchors = years.map((year) => `${year}-${monthAndDay}`).filter((date) => date <= lastDate);
  const anchor =
    anchors.find((date) => date >= addDays(firstDate, HISTORY_DAYS)) ?? anchors[0] ?? `${firstYear}-${monthAndDay}`;
  return 7 * Math.round((dayNumber(today) - dayNumber(anchor)) / 7);
};
