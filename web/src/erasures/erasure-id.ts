const RANDOM_BYTES = 16;

/** 128 random bits: who has them may read the receipt. */
export const newErasureId = (): string =>
  btoa(String.fromCodePoint(...crypto.getRandomValues(new Uint8Array(RANDOM_BYTES))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
