import { ko } from './ko/forecast.ts';
import { textsOf } from './texts.ts';

export const forecastTexts = textsOf(ko, async () => (await import('./en/forecast.ts')).en);
