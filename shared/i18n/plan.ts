import { ko } from './ko/plan.ts';
import { textsOf } from './texts.ts';

export const planTexts = textsOf(ko, async () => (await import('./en/plan.ts')).en);
