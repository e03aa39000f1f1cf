/** Seeded randomness for demo homes and tests: the same seed gives the same sequence on every machine. */

/** Uniform in [0, 1). */
export type Random = () => number;

/** Final mix of MurmurHash3, 32 bits. */
const mix = (value: number): number => {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85eb_ca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2_ae35);
  return (x ^ (x >>> 16)) >>> 0;
};

/** A 32-bit seed from parts: FNV-1a over their text, mixed. */
export const seedOf = (...parts: readonly (string | number)[]): number => {
  let hash = 0x811c_9dc5;
  for (const character of parts.join('|')) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x0100_0193);
  return mix(hash);
};

/** mulberry32 (Tommy Ettinger, public domain). */
export const randomFrom = (seed: number): Random => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Uniform in [0, 1), the same for the same seed and whole number: randomness that can be entered at any place. */
export const uniformAt = (seed: number, index: number): number =>
  mix(seed ^ Math.imul(index + 1, 0x9e37_79b1)) / 2 ** 32;

/** A curve through random knots at the whole numbers, in [-1, 1]. */
export const smoothNoise = (seed: number, x: number): number => {
  const knot = Math.floor(x);
  const t = x - knot;
  const from = uniformAt(seed, knot);
  const to = uniformAt(seed, knot + 1);
  return 2 * (from + (to - from) * t * t * (3 - 2 * t)) - 1;
};

/** An opaque id of 22 characters that looks random and is always the same for the same parts. */
export const opaqueId = (...parts: readonly (string | number)[]): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
  const random = randomFrom(seedOf('id', ...parts));
  return Array.from({ length: 22 }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('');
};
