import { csvField } from '@hems/shared/format/csv-field';

/** A cell of a table; what is not known is empty, never 0. */
export const csvLine = (cells: readonly (string | number | boolean | null | undefined)[]): string =>
  `${cells.map((cell) => (cell === null || cell === undefined ? '' : csvField(cell))).join(',')}\n`;

/** The mark tells spreadsheets that the file is UTF-8. */
export const CSV_START = '\ufeff';

/** A list that is written as it comes; of an empty one nothing. */
export async function* jsonList(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  let count = 0;
  for await (const row of rows) {
    yield `${count === 0 ? '[\n' : ',\n'}${JSON.stringify(row)}`;
    count += 1;
  }
  if (count > 0) yield '\n]\n';
}
