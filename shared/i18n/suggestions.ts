import { ko } from './ko/suggestions.ts';
import { textsOf } from './texts.ts';

export const suggestionsTexts = textsOf(ko, async () => (await import('./en/suggestions.ts')).en);
