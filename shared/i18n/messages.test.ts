import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { adviceTexts } from './advice.ts';
import { assistantTexts } from './assistant.ts';
import { billTexts } from './bill.ts';
import { communityTexts } from './community.ts';
import { consentsTexts } from './consents.ts';
import { dayTexts } from './day.ts';
import { displayTexts } from './display.ts';
import { energyTexts } from './energy.ts';
import { errorsTexts } from './errors.ts';
import { eventsTexts } from './events.ts';
import { forecastTexts } from './forecast.ts';
import { homeTexts } from './home.ts';
import { importsTexts } from './imports.ts';
import { inboxTexts } from './inbox.ts';
import { landingTexts } from './landing.ts';
import { LOCALES, loadLanguage } from './locale.ts';
import { onboardingTexts } from './onboarding.ts';
import { originTexts } from './origin.ts';
import { pagesTexts } from './pages.ts';
import { planTexts } from './plan.ts';
import { privacyTexts } from './privacy.ts';
import { reasonsTexts } from './reasons.ts';
import { rewardsTexts } from './rewards.ts';
import { savingsTexts } from './savings.ts';
import { settingsTexts } from './settings.ts';
import { suggestionsTexts } from './suggestions.ts';
import { textsOf } from './texts.ts';
import { todayTexts } from './today.ts';

/** The texts that come with the app, and those of each screen. */
const SCREENS = {
  advice: adviceTexts,
  assistant: assistantTexts,
  bill: billTexts,
  community: communityTexts,
  consents: consentsTexts,
  day: dayTexts,
  display: displayTexts,
  energy: energyTexts,
  errors: errorsTexts,
  events: eventsTexts,
  forecast: forecastTexts,
  home: homeTexts,
  imports: importsTexts,
  inbox: inboxTexts,
  landing: landingTexts,
  onboarding: onboardingTexts,
  origin: originTexts,
  pages: pagesTexts,
  plan: planTexts,
  privacy: privacyTexts,
  reasons: reasonsTexts,
  rewards: rewardsTexts,
  savings: savingsTexts,
  settings: settingsTexts,
  suggestions: suggestionsTexts,
  today: todayTexts,
};
const both = async (texts: (locale: 'ko' | 'en') => unknown): Promise<[ko: unknown, en: unknown]> =>
  Promise.all([texts('ko'), texts('en')]);
const ALL: [string, () => Promise<[ko: unknown, en: unknown]>][] = [
  ['app', async () => [ko, en]],
  ...Object.entries(SCREENS).map(([name, texts]): [string, () => Promise<[unknown, unknown]>] => [
    name,
    async () => both(texts),
  ]),
];

/** Stands for a figure, and for an object of figures: whatever is asked of it is itself. */
const FIGURES: unknown = new Proxy(() => '1', {
  get: (_, name) => (name === Symbol.toPrimitive ? () => '1' : FIGURES),
});

/** Every text of a language with its place; what a function says is asked for with a "1" for each figure. */
const textsOfPart = (part: unknown, place = ''): [place: string, text: string][] => {
  if (typeof part === 'string') return [[place, part]];
  if (typeof part === 'function') return [[place, String(part(FIGURES, '1', '1'))]];
  return Object.entries(part as object).flatMap(([key, inner]) => textsOfPart(inner, `${place}.${key}`));
};

/** The switch is written in the language it leads to; a country's name is given. */
const FOREIGN = ['.language.switch', '.country'];

describe.each(ALL)('the texts of the %s', (_, load) => {
  it('are the same in both languages, and none is empty', async () => {
    const [korean, english] = await load();
    const places = (part: unknown): string[] => textsOfPart(part).map(([place]) => place);
    expect(places(english)).toEqual(places(korean));
    // Nothing needs to be said of a payout that was paid.
    const silent = ['.payoutNext.paid'];
    const said = [...textsOfPart(korean), ...textsOfPart(english)].filter(([place]) => !silent.includes(place));
    for (const [place, text] of said) expect(text.trim(), place).not.toBe('');
  });

  it('say in English nothing in Korean', async () => {
    const [, english] = await load();
    const foreign = textsOfPart(english).filter(([place, text]) => /[가-힣]/.test(text) && !FOREIGN.includes(place));
    expect(foreign).toEqual([]);
  });
});

it('says in Korean what cannot be fetched in English, and tries again the next time', async () => {
  let answers = 0;
  const texts = textsOf({ hello: '안녕' }, async () => {
    answers += 1;
    if (answers === 1) throw new TypeError('Failed to fetch');
    return { hello: 'hello' };
  });
  expect([await texts('en'), await texts('en'), await texts('en')].map(({ hello }) => hello)).toEqual([
    '안녕',
    'hello',
    'hello',
  ]);
  expect(answers).toBe(2);
});

it('promises the same before and after it is there, as a component that waited for it must find it', async () => {
  const texts = textsOf({ hello: '안녕' }, async () => ({ hello: 'hello' }));
  const promised = texts('en');
  await promised;
  expect(texts('en')).toBe(promised);
});

it('counts in English with a plural', async () => {
  expect([en.ago.hours(1), en.ago.hours(2), (await homeTexts('en')).devices.partial(1)]).toEqual([
    '1 hour ago',
    '2 hours ago',
    '1 device has gone silent.',
  ]);
});

it.each(LOCALES)('loads %s with its own texts', async (locale) => {
  expect((await loadLanguage(locale)).messages).toBe({ ko, en }[locale]);
});
