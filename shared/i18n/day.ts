import { ko } from './ko/day.ts';
import { textsOf } from './texts.ts';

export const dayTexts = textsOf(ko, async () => (await import('./en/day.ts')).en);
