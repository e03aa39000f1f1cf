import { Readable } from 'node:stream';
import { CsvError, parse, type Info } from 'csv-parse';
import { FileRefused } from '@hems/models/history/reasons';
import type { TableRow } from '../../ports/files.ts';

const MAX_RECORD_BYTES = 16 * 1024;

type Parsed = { readonly record: readonly string[]; readonly info: Info };

/** The rows of a table; a quote that never closes, or a row without an end, is refused. */
export async function* rows(texts: AsyncIterable<string>, delimiter: string): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: MAX_RECORD_BYTES,
  });
  const source = Readable.from(texts);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  const parsed: AsyncIterable<Parsed> = parser;
  try {
    for await (const { record, info } of parsed) yield { cells: record, line: info.lines };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FileRefused('malformed', `the table cannot be read: ${error.message}`);
  } finally {
    source.destroy();
    parser.destroy();
  }
}
