import { ko } from './ko/notices.ts';
import { textsOf } from './texts.ts';

export const noticesTexts = textsOf(ko, async () => (await import('./en/notices.ts')).en);
