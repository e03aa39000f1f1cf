/** Whether a file begins with the bytes that say what it is. */
export const begins = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, at) => bytes[at] === byte);
