import { ko } from './ko/landing.ts';
import { textsOf } from './texts.ts';

export const landingTexts = textsOf(ko, async () => (await import('./en/landing.ts')).en);
