import { ko } from './ko/inbox.ts';
import { textsOf } from './texts.ts';

export const inboxTexts = textsOf(ko, async () => (await import('./en/inbox.ts')).en);
