import { isEnvironmental, type Quantity } from './quantities.ts';

/** The raw history is two: what flows through the house, and its air and rooms. */
export type History = 'electrical' | 'environment';
export const historyOf = (quantity: Quantity): History => (isEnvironmental(quantity) ? 'environment' : 'electrical');

/** Days that raw points and quarter hours are kept, in every store. */
export const KEPT_DAYS = { electrical: 365, environment: 90, quarterHours: 400 } as const;
