import { ko } from './ko/consents.ts';
import { textsOf } from './texts.ts';

export const consentsTexts = textsOf(ko, async () => (await import('./en/consents.ts')).en);
