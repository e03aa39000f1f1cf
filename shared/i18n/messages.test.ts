import { expect, it } from 'vitest';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { LOCALES, loadLanguage } from './locale.ts';

/** Every text of a language with its place; what a function says is asked for with a "1" for each figure. */
const textsOf = (part: unknown, place = ''): [place: string, text: string][] => {
  if (typeof part === 'string') return [[place, part]];
  if (typeof part === 'function') return [[place, String(part('1', '1', '1'))]];
  return Object.entries(part as object).flatMap(([key, inner]) => textsOf(inner, `${place}.${key}`));
};

/** The switch is written in the language it leads to; a country's name is given. */
const FOREIGN = ['.language.switch', '.language.switchLabel', '.country'];

it('has the same texts in both languages, and none is empty', () => {
  const places = (part: unknown): string[] => textsOf(part).map(([place]) => place);
  expect(places(en)).toEqual(places(ko));
  for (const [place, text] of [...textsOf(ko), ...textsOf(en)]) expect(text.trim(), place).not.toBe('');
});

it('says in English nothing in Korean', () => {
  const korean = textsOf(en).filter(([place, text]) => /[가-힣]/.test(text) && !FOREIGN.includes(place));
  expect(korean).toEqual([]);
});

it('counts in English with a plural', () => {
  expect([en.ago.hours(1), en.ago.hours(2), en.devices.partial(1)]).toEqual([
    '1 hour ago',
    '2 hours ago',
    '1 device has gone silent.',
  ]);
});

it.each(LOCALES)('loads %s with its own texts', async (locale) => {
  expect((await loadLanguage(locale)).messages).toBe({ ko, en }[locale]);
});
