import { readSelf } from './self.ts';

/** Every endpoint of the partner API, by the noun whose Lambda answers it. */
export const partnerContract = {
  self: [readSelf],
} as const;

export type PartnerNoun = keyof typeof partnerContract;
