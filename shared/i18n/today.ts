import { ko } from './ko/today.ts';
import { textsOf } from './texts.ts';

export const todayTexts = textsOf(ko, async () => (await import('./en/today.ts')).en);
