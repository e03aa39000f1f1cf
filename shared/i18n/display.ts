import { ko } from './ko/display.ts';
import { textsOf } from './texts.ts';

export const displayTexts = textsOf(ko, async () => (await import('./en/display.ts')).en);
