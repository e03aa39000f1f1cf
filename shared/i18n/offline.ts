import { ko } from './ko/offline.ts';
import { textsOf } from './texts.ts';

export const offlineTexts = textsOf(ko, async () => (await import('./en/offline.ts')).en);
