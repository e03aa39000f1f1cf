import { ko } from './ko/imports.ts';
import { textsOf } from './texts.ts';

export const importsTexts = textsOf(ko, async () => (await import('./en/imports.ts')).en);
