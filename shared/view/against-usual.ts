/** Against the usual day. */
type Direction = 'less' | 'more' | 'same';
/** How much, without a sign, and in which direction: `₩320`, less. */
export type Against = { readonly amount: string; readonly direction: Direction; readonly word: string };

/** Less than this is no difference worth a word. */
const LEAST_WH = 50;

/** The energy decides for the won and the CO2 beside it, so that one card never says both less and more. */
export const directionOf = (savedWh: number): Direction =>
  Math.abs(savedWh) < LEAST_WH ? 'same' : savedWh > 0 ? 'less' : 'more';

export const against = (amount: string, direction: Direction, words: Readonly<Record<Direction, string>>): Against => ({
  amount,
  direction,
  word: words[direction],
});

/** `₩320 less`. */
export const againstText = ({ amount, word }: Against): string => `${amount} ${word}`;
