import { ko } from './ko/events.ts';
import { textsOf } from './texts.ts';

export const eventsTexts = textsOf(ko, async () => (await import('./en/events.ts')).en);
