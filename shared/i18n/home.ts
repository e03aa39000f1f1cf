import { ko } from './ko/home.ts';
import { textsOf } from './texts.ts';

export const homeTexts = textsOf(ko, async () => (await import('./en/home.ts')).en);
