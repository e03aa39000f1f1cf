import { ko } from './ko/settings.ts';
import { textsOf } from './texts.ts';

export const settingsTexts = textsOf(ko, async () => (await import('./en/settings.ts')).en);
