import { ko } from './ko/errors.ts';
import { textsOf } from './texts.ts';

export const errorsTexts = textsOf(ko, async () => (await import('./en/errors.ts')).en);
