import { ko } from './ko/privacy.ts';
import { textsOf } from './texts.ts';

export const privacyTexts = textsOf(ko, async () => (await import('./en/privacy.ts')).en);
