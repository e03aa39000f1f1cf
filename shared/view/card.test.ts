import { dayStart } from '@hems/models/calendar/seoul';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { en } from '../i18n/en.ts';
import { ko } from '../i18n/ko.ts';
import { cardOf, empty, filled, ready, type Loaded } from './card.ts';

const MINUTE_MS = 60_000;
const NINE_MS = dayStart('2026-11-23') + 9 * 60 * MINUTE_MS;
const failing = new ApiError('unavailable', 'test');

/** A bill that arrived at nine in the morning. */
const bill = (over: Partial<Loaded<number>> = {}): Loaded<number> => ({
  data: 27_600,
  error: null,
  paused: false,
  atMs: NINE_MS,
  ...over,
});
const failedAfter = (minutes: number): Partial<Loaded<number>> => ({ failedMs: NINE_MS + minutes * MINUTE_MS });
const shown = (loaded: Loaded<number>, t = ko) => cardOf(loaded, t, ready);

describe('a figure that cannot be had anew', () => {
  it('stands as it is while only a poll or two have failed', () => {
    expect(shown(bill({ error: failing, ...failedAfter(15 - 1 / 60) }))).toEqual(ready(27_600));
  });

  it.each([
    ['the service fails', { error: failing }],
    ['there is no connection', { paused: true }],
  ])('says when it arrived, once it is older than that, where %s', (_, why) => {
    const old = bill({ ...why, ...failedAfter(15) });
    expect(shown(old)).toEqual({ state: 'partial', content: 27_600, note: '오전 9:00에 받은 값이에요.' });
    expect(shown(old, en)).toMatchObject({ note: 'Received 9:00 AM.' });
    const nextDay = bill({ ...why, ...failedAfter(24 * 60) });
    expect(shown(nextDay)).toMatchObject({ note: '11월 23일 (월) 오전 9:00에 받은 값이에요.' });
  });

  it('keeps what else there is to say of it, and a card that says why it has none', () => {
    const old = bill({ error: failing, ...failedAfter(60) });
    const assumed = cardOf(old, ko, (won) => filled(won, '가정한 계약이에요.'));
    expect(assumed).toMatchObject({ note: '가정한 계약이에요. 오전 9:00에 받은 값이에요.' });
    const none = empty({ title: 'none', text: 'none' });
    expect(cardOf(old, ko, () => none)).toEqual(none);
  });

  it('is whole again as soon as an attempt succeeds, whatever failed before', () => {
    expect(shown(bill({ ...failedAfter(60) }))).toEqual(ready(27_600));
  });

  it('is not shown, however old, to somebody who may not see it', () => {
    const denied = new ApiError('no-permission', 'test');
    expect(shown(bill({ error: denied, ...failedAfter(60) })).state).toBe('no-permission');
  });
});
