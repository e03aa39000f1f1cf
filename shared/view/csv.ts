/** A file of comma-separated values, ready to be handed over. */
export type CsvFile = { readonly name: string; readonly text: string };

const quoted = (field: string): string => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/** Rows under their head. The mark in front lets spreadsheets read Korean. */
export const csvFile = (name: string, rows: readonly (readonly (string | number)[])[]): CsvFile => {
  const lines = rows.map((row) => row.map((field) => quoted(String(field))).join(','));
  return { name, text: `\uFEFF${lines.join('\r\n')}\r\n` };
};
