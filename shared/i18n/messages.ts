import type { ko } from './ko.ts';

/** The keys are those of `ko`; a language that lacks one, or has another, does not compile. */
export type Messages = typeof ko;
