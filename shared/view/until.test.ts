import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { describe, expect, it } from 'vitest';
import { en } from '../i18n/en.ts';
import { en as enPlan } from '../i18n/en/plan.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koPlan } from '../i18n/ko/plan.ts';
import { endClockText, untilText } from './until.ts';

const TODAY = dayStart('2026-11-22');
const NOW = TODAY + 15 * HOUR_MS;
const WORDS = { t: ko, midnight: koPlan.midnight };

describe('until when', () => {
  it.each([
    [18, '오후 6:00'],
    [24, '오늘 밤 12시'],
    [30, '11월 23일 (월) 오전 6:00'],
    [48, '11월 23일 (월) 밤 12시'],
  ])('%i hours after midnight is "%s": the end of a day is not the morning of the next', (hours, text) =>
    expect(untilText(TODAY + hours * HOUR_MS, NOW, WORDS)).toBe(text),
  );

  it('is in the language of the reader', () => {
    expect(untilText(TODAY + 24 * HOUR_MS, NOW, { t: en, midnight: enPlan.midnight })).toBe('midnight tonight');
  });

  it('at the end of a span says the clock alone', () => {
    expect(endClockText(TODAY + 22 * HOUR_MS, ko, koPlan.midnight)).toBe('오후 10:00');
    expect(endClockText(TODAY + 24 * HOUR_MS, ko, koPlan.midnight)).toBe('밤 12:00');
  });
});
