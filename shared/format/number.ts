const formats = new Map<number, Intl.NumberFormat>();

/** Made once for each count of decimals: making one takes a phone longer than a hundred uses of it. */
const formatOf = (decimals: number): Intl.NumberFormat => {
  const known = formats.get(decimals);
  if (known) return known;
  const made = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  formats.set(decimals, made);
  return made;
};

/** A number with thousands separators and a fixed count of decimals. Korean and English write it alike. */
export const groupedText = (value: number, decimals: number): string => formatOf(decimals).format(value);

/** The same with the minus that money has, and none before what is written as zero. */
export const signedText = (value: number, decimals: number): string => {
  const text = groupedText(Math.abs(value), decimals);
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
};
