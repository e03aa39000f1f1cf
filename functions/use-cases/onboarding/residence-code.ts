import { createHash } from 'node:crypto';
import type { Keys } from '../../ports/keys.ts';

/** 32 signs, none of which looks like another: no I, O, 0 and 1. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 12;

/** 60 bits of an id that has 128, as `XXXX-XXXX-XXXX`. */
export const codeFrom = (id: string): string => {
  const bytes = createHash('sha256').update(id).digest().subarray(0, LENGTH);
  const signs = [...bytes].map((byte) => SIGNS.charAt(byte % SIGNS.length)).join('');
  return signs.match(/.{4}/g)?.join('-') ?? '';
};

export const codeIndexOf = (keys: Keys, code: string): Promise<string> => keys.blindIndex(`residence-code:${code}`);
/** Who used a code, told only to who asks with the household in hand. */
export const codeUserOf = (keys: Keys, householdId: string): Promise<string> =>
  keys.blindIndex(`residence-code-user:${householdId}`);
