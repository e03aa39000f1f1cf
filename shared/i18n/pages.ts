import { ko } from './ko/pages.ts';
import { textsOf } from './texts.ts';

export const pagesTexts = textsOf(ko, async () => (await import('./en/pages.ts')).en);
