import { ko } from './ko/rewards.ts';
import { textsOf } from './texts.ts';

export const rewardsTexts = textsOf(ko, async () => (await import('./en/rewards.ts')).en);
