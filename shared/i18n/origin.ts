import { ko } from './ko/origin.ts';
import { textsOf } from './texts.ts';

export const originTexts = textsOf(ko, async () => (await import('./en/origin.ts')).en);
