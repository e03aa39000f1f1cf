import { ko } from './ko/savings.ts';
import { textsOf } from './texts.ts';

export const savingsTexts = textsOf(ko, async () => (await import('./en/savings.ts')).en);
