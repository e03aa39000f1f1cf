import { groupedText } from './number.ts';

/** Whole won: `₩2,280`, a credit `−₩2,280`. */
export const wonText = (won: number): string => `${won < 0 ? '−' : ''}₩${groupedText(Math.abs(won), 0)}`;
