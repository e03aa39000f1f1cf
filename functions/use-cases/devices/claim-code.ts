import { createHash } from 'node:crypto';

/** Letters and digits that nobody takes for one another: 32 of them, five bits each. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 12;

/** A claim code of 60 bits from an id of 128 random ones. */
export const claimCodeOf = (randomId: string): string => {
  const digest = createHash('sha256').update(randomId).digest();
  const letters = Array.from(digest.subarray(0, LENGTH), (byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
  return `HEMS-${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
};

/** Under which a code is found; the code itself is kept nowhere. */
export const codePurpose = (code: string): string => `gateway-claim:${code}`;
