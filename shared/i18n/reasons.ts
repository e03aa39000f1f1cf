import { ko } from './ko/reasons.ts';
import { textsOf } from './texts.ts';

export const reasonsTexts = textsOf(ko, async () => (await import('./en/reasons.ts')).en);
