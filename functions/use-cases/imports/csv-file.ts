import { columnsOf, type Columns } from '@hems/models/history/csv-columns';
import { csvIntervals } from '@hems/models/history/csv-intervals';
import { csvRow, type CsvRow } from '@hems/models/history/csv-rows';
import { meteredDays, type MeteredDay } from '@hems/models/history/metered-days';
import { FileRefused, type Refusals } from '@hems/models/history/reasons';
import type { FileReader } from '../../ports/files.ts';
import type { Texts } from './texts.ts';

const DELIMITERS = [',', '\t', ';'] as const;
/** Above the header a file may say whose it is; none of that is kept. */
const MAX_PREAMBLE = 20;
const MAX_ROWS = 400_000;

/** The sign by which a line of the start is a header. */
const delimiterOf = (start: string): string => {
  const lines = start.split(/\r?\n/, MAX_PREAMBLE);
  const isHeader = (line: string, delimiter: string): boolean =>
    columnsOf(line.split(delimiter).map((cell) => cell.replaceAll('"', ''))) !== undefined;
  return DELIMITERS.find((delimiter) => lines.some((line) => isHeader(line, delimiter))) ?? ',';
};

const headerOf = (cells: readonly string[], line: number): Columns | undefined => {
  const columns = columnsOf(cells);
  if (columns === 'no-unit')
    throw new FileRefused(
      'no-unit',
      `line ${line}: the column of the use does not say kWh or Wh; write it as "사용량(kWh)"`,
    );
  if (!columns && line > MAX_PREAMBLE) throw noColumns();
  return columns;
};

const noColumns = (): FileRefused =>
  new FileRefused(
    'no-columns',
    'there is no header with a date, a time and a use, like "일자,시간,사용량(kWh)" or "date,time,usage(kWh)"',
  );

/** The days of the utility's table, read as it comes. */
export const readCsv = async (
  reader: Pick<FileReader, 'rows'>,
  { start, whole }: Texts,
  refused: Refusals,
): Promise<MeteredDay[]> => {
  let columns: Columns | undefined;
  const rows: CsvRow[] = [];
  for await (const { cells, line } of reader.rows(whole, delimiterOf(start))) {
    if (!columns) {
      columns = headerOf(cells, line);
      continue;
    }
    const row = csvRow(cells, { columns, line }, refused);
    if (row) rows.push(row);
    if (rows.length > MAX_ROWS)
      throw new FileRefused('too-many-readings', `the table has more than ${MAX_ROWS} rows; send it in parts`);
  }
  if (!columns) throw noColumns();
  return meteredDays(csvIntervals(rows, columns), refused);
};
