import { expect, it } from 'vitest';
import type { Household } from '../api/session.ts';
import { en } from '../i18n/en.ts';
import { ko } from '../i18n/ko.ts';
import { bareName, homeName } from './home-name.ts';

const demo = (name: string): Pick<Household, 'name' | 'origin'> => ({ name, origin: { type: 'simulated', seed: 1 } });

it('a demo home says once that it is one, in the language of the reader', () => {
  expect(homeName(demo('데모 아파트 84㎡'), ko)).toBe('데모 · 아파트 84㎡');
  expect(homeName(demo('데모 아파트 84㎡'), en)).toBe('Demo · 아파트 84㎡');
  expect(homeName(demo('바닷가 집'), ko)).toBe('데모 · 바닷가 집');
});

it('beside its label a demo home does not repeat it', () => {
  expect(bareName(demo('데모 원룸'))).toBe('원룸');
});

it('a home of one’s own has the name it was given, whatever it begins with', () => {
  const own = { name: '데모 (Our home)', origin: undefined };
  expect(homeName(own, ko)).toBe('데모 (Our home)');
  expect(bareName(own)).toBe('데모 (Our home)');
});
