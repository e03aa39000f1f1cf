import { ko } from './ko/bill.ts';
import { textsOf } from './texts.ts';

export const billTexts = textsOf(ko, async () => (await import('./en/bill.ts')).en);
