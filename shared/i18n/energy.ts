import { ko } from './ko/energy.ts';
import { textsOf } from './texts.ts';

export const energyTexts = textsOf(ko, async () => (await import('./en/energy.ts')).en);
