import { ko } from './ko/community.ts';
import { textsOf } from './texts.ts';

export const communityTexts = textsOf(ko, async () => (await import('./en/community.ts')).en);
