import { ko } from './ko/advice.ts';
import { textsOf } from './texts.ts';

export const adviceTexts = textsOf(ko, async () => (await import('./en/advice.ts')).en);
