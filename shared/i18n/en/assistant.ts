import type { AssistantTexts } from '../ko/assistant.ts';

export const en: AssistantTexts = {
  title: 'AI assistant',
  tabs: 'AI screens',
  tab: { advice: 'Suggestions', forecast: 'Forecast', plan: 'Plan' },

  next: {
    title: 'The next hour',
    likely: ({ low, high }) => `8 times out of 10 it is ${low}–${high}.`,
    sure: 'How sure is that?',
    often: ({ often, low, high }) => `In about ${often} of 10 such hours the use lands within ${low}–${high}.`,
    nearlyAlways: ({ low, high }) => `In nearly all such hours the use lands within ${low}–${high}.`,
    seldom: ({ low, high }) =>
      `This hour is hard to foretell: in fewer than 1 of 10 such hours the use lands within ${low}–${high}.`,
    more: 'Hour by hour until tomorrow',
  },
  source: {
    model: 'AI model',
    fallback: 'what is usual in this home',
    withheld: '7-day mean',
    profile: 'an average day by your bill',
    usual: 'what is usual in this home',
  },
  sourceIs: (source) => `Source: ${source}`,
  whySource: {
    fallback: 'The model answered something impossible; what is usual at this time of day stands in.',
    withheld: 'For four weeks the model was no better than the mean of the last 7 days, so the mean is shown instead.',
    profile:
      'Nothing is recorded yet: this is an ordinary day of the size of your bill. After one day it fits your home.',
    usual: 'The forecast engine does not answer; what is usual at this time of day stands in.',
  },
  old: (moment) => `Forecast of ${moment}. A newer one has not come yet.`,

  noConsent: {
    title: 'Agree to “Analysis of your use” to see this',
    text: 'Forecast, suggestions and plan are made from the habits of this home. Nothing is made before you agree, and you can withdraw at any time.',
    open: 'Open the consents',
  },
  collecting: {
    title: 'Collecting readings',
    text: 'The forecast begins once a day is recorded. All it needs is the meter sending values.',
  },
  wiring: {
    title: 'Please have the meter checked',
    text: 'What arrives as use looks like solar generation. Ask your installer whether meter and inverter are swapped. Until then nothing is forecast.',
  },
  tooOld: {
    title: 'There is no forecast to show',
    text: 'The hours of the last one are over. A new one is made once the meter sends values.',
  },
  viewer: 'You may only look.',

  home: {
    all: 'See all',
  },
};
