/** Bytes as base64 text and back, in plain arithmetic: the same in a browser, in a Lambda and in the image. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const CODES = new Map(Array.from(ALPHABET, (character, code) => [character, code]));

export const toBase64 = (bytes: Uint8Array): string => {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const left = bytes.length - i;
    parts.push(ALPHABET.charAt(three >> 18), ALPHABET.charAt((three >> 12) & 63));
    parts.push(left > 1 ? ALPHABET.charAt((three >> 6) & 63) : '=', left > 2 ? ALPHABET.charAt(three & 63) : '=');
  }
  return parts.join('');
};

const codeOf = (text: string, at: number, end: number): number => {
  if (at >= end) return 0;
  const code = CODES.get(text.charAt(at));
  if (code === undefined) throw new RangeError(`"${text.charAt(at)}" at ${at} is not base64`);
  return code;
};

/** Throws RangeError on anything that is not base64. */
export const fromBase64 = (text: string): Uint8Array => {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (text.length % 4 !== 0) throw new RangeError(`${text.length} characters are not base64`);
  const end = text.length - padding;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    let three = 0;
    for (let k = 0; k < 4; k++) three = (three << 6) | codeOf(text, i + k, end);
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8) bytes[at++] = (three >> shift) & 255;
  }
  return bytes;
};

/** 32-bit floats, least significant byte first whatever the machine. */
export const floatsToBytes = (values: Float32Array): Uint8Array => {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setFloat32(i * 4, value, true);
  return bytes;
};
export const bytesToFloats = (bytes: Uint8Array): Float32Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
};
