/** A number with thousands separators and a fixed count of decimals. Korean and English write it alike. */
export const groupedText = (value: number, decimals: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
