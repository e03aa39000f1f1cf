/** What a spreadsheet would run rather than show: a formula, but for a number below zero. */
const FORMULA = /^(?:[=+@\t\r]|-(?!\d+(?:[.,]\d+)*$))/;

/** A field of a file of comma-separated values, quoted where it has to be. A text that a spreadsheet takes for a formula begins with `'`. */
export const csvField = (value: string | number | boolean): string => {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
