import { ko } from './ko/onboarding.ts';
import { textsOf } from './texts.ts';

export const onboardingTexts = textsOf(ko, async () => (await import('./en/onboarding.ts')).en);
