/** Which columns of the utility's table say what. The headers are those that Korean and English exports are seen with. */
export type Columns = {
  readonly date: number;
  /** absent: a row is a day, or the time stands beside the date */
  readonly time: number | undefined;
  /** what the header calls the times; absent: it does not say */
  readonly timeIs: 'start' | 'end' | undefined;
  readonly use: number;
  readonly milliWhPerUnit: number;
};

const DATE = new Set(['일자', '날짜', '사용일', '사용일자', '측정일', '측정일자', '검침일', '검침일자', 'date', 'day']);
const DATE_AND_TIME = new Set(['일시', '측정일시', '사용일시', '검침일시', 'datetime', 'timestamp', 'date time']);
const TIME = new Set(['시간', '시각', '시간대', '사용시간', '측정시간', 'time', 'hour']);
const START = new Set(['시작시간', '시작시각', 'start time', 'start hour', 'from time']);
const END = new Set(['종료시간', '종료시각', 'end time', 'end hour', 'to time']);
const START_DATE_AND_TIME = new Set(['시작일시', 'start', 'start datetime']);
const END_DATE_AND_TIME = new Set(['종료일시', 'end', 'end datetime']);
const USE = new Set([
  '사용량',
  '전력사용량',
  '사용전력량',
  '유효전력량',
  '전력량',
  'usage',
  'use',
  'consumption',
  'energy',
  'import',
]);

/** `전력 사용량 (kWh)` → name `전력사용량`, unit `kwh`. */
const partsOf = (cell: string): { readonly name: string; readonly unit: string | undefined } => {
  const [, name = '', inBrackets] = /^([^([]*)(?:[([]\s*([^)\]]*)[)\]])?/.exec(cell.trim().toLowerCase()) ?? [];
  const [, bare = name, trailing] = /^(.*?)[\s_]*\b(kwh|wh)$/.exec(name.trim()) ?? [];
  const unit = inBrackets ?? trailing;
  const isKorean = /[가-힣]/.test(bare);
  return { name: isKorean ? bare.replaceAll(/\s/g, '') : bare.replaceAll('_', ' ').trim(), unit: unit?.trim() };
};

const MILLI_WH: Readonly<Record<string, number>> = { kwh: 1_000_000, wh: 1000 };

type Find = (names: ReadonlySet<string>) => number | undefined;

/** Of a table with beginnings and ends the beginnings. */
const timesOf = (find: Find): Pick<Columns, 'time' | 'timeIs'> => {
  const start = find(START);
  if (start !== undefined) return { time: start, timeIs: 'start' };
  const end = find(END);
  return end === undefined ? { time: find(TIME), timeIs: undefined } : { time: end, timeIs: 'end' };
};

const datesOf = (find: Find): Pick<Columns, 'time' | 'timeIs'> & { readonly date: number | undefined } => {
  const day = find(DATE);
  if (day !== undefined) return { date: day, ...timesOf(find) };
  const start = find(START_DATE_AND_TIME);
  if (start !== undefined) return { date: start, time: undefined, timeIs: 'start' };
  const end = find(END_DATE_AND_TIME);
  if (end !== undefined) return { date: end, time: undefined, timeIs: 'end' };
  return { date: find(DATE_AND_TIME), ...timesOf(find) };
};

/** `no-unit`: these are the columns, but whether they hold Wh or kWh is not said. Undefined: this row is no header. */
export const columnsOf = (cells: readonly string[]): Columns | 'no-unit' | undefined => {
  const named = cells.map(partsOf);
  const find: Find = (names) => {
    const at = named.findIndex(({ name }) => names.has(name));
    return at < 0 ? undefined : at;
  };
  const { date, ...times } = datesOf(find);
  const use = find(USE);
  if (date === undefined || use === undefined) return undefined;
  const milliWhPerUnit = MILLI_WH[named[use]?.unit ?? ''];
  if (milliWhPerUnit === undefined) return 'no-unit';
  return { date, ...times, use, milliWhPerUnit };
};
