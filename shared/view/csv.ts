import { csvField } from '../format/csv-field.ts';

/** A file of comma-separated values, ready to be handed over. */
export type CsvFile = { readonly name: string; readonly text: string };

/** Rows under their head. The mark in front lets spreadsheets read Korean. */
export const csvFile = (name: string, rows: readonly (readonly (string | number)[])[]): CsvFile => {
  const lines = rows.map((row) => row.map(csvField).join(','));
  return { name, text: `\uFEFF${lines.join('\r\n')}\r\n` };
};
