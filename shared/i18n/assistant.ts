import { ko } from './ko/assistant.ts';
import { textsOf } from './texts.ts';

export const assistantTexts = textsOf(ko, async () => (await import('./en/assistant.ts')).en);
