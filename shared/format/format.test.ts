import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { describe, expect, it } from 'vitest';
import { en } from '../i18n/en.ts';
import { ko } from '../i18n/ko.ts';
import { kwhFineText, kwhText } from './energy.ts';
import { massText } from './mass.ts';
import { wonText } from './money.ts';
import { kwText, powerText } from './power.ts';
import { agoCoarseText, agoText, clockText, dateText, momentText } from './time.ts';

describe('power and energy', () => {
  it.each([
    [0, '0.00'],
    [-4, '0.00'],
    [342, '0.34'],
    [1240, '1.24'],
    [9994, '9.99'],
    [9995, '10.0'],
    [12_345, '12.3'],
    [-1240, '-1.24'],
  ])('%i W in the headline is %s kW', (powerW, text) => expect(kwText(powerW)).toBe(text));

  it.each([
    [0, '0 W'],
    [-0.2, '0 W'],
    [999.4, '999 W'],
    [999.6, '1.00 kW'],
    [2100, '2.10 kW'],
  ])('%d W elsewhere is %s', (powerW, text) => expect(powerText(powerW)).toBe(text));

  it('writes energy with one decimal, a quarter hour with two, and groups thousands', () => {
    expect([kwhText(7420), kwhText(0), kwhText(1_234_567), kwhFineText(87)]).toEqual(['7.4', '0.0', '1,234.6', '0.09']);
  });

  it('writes less than nothing with the minus of money, and no minus before a zero', () => {
    expect([kwhText(-1500), kwhText(-30), kwhFineText(-30), kwhFineText(-4)]).toEqual(['−1.5', '0.0', '−0.03', '0.00']);
    expect([massText(-626), massText(-14), massText(-0.2), massText(501)]).toEqual([
      '−0.6 kg',
      '−14 g',
      '0 g',
      '0.5 kg',
    ]);
  });

  it('writes won without decimals', () => {
    expect([wonText(2280), wonText(-2280), wonText(0)]).toEqual(['₩2,280', '−₩2,280', '₩0']);
  });
});

describe('time, told in Korea wherever the reader is', () => {
  const noon = dayStart('2026-11-22') + 12 * HOUR_MS;

  it.each([
    [-5000, '방금', 'just now'],
    [1999, '방금', 'just now'],
    [3000, '3초 전', '3 s ago'],
    [59_999, '59초 전', '59 s ago'],
    [60_000, '1분 전', '1 min ago'],
    [HOUR_MS, '1시간 전', '1 hour ago'],
    [49 * HOUR_MS, '2일 전', '2 days ago'],
  ])('an age of %i ms reads %s', (ageMs, korean, english) => {
    expect([agoText(ageMs, ko), agoText(ageMs, en)]).toEqual([korean, english]);
  });

  it('does not tick below a minute where nothing needs to', () => {
    expect([agoCoarseText(59_999, ko), agoCoarseText(61_000, ko)]).toEqual(['방금', '1분 전']);
  });

  it.each([
    [0, '오전 12:00', '12:00 AM'],
    [9 * HOUR_MS + 5 * 60_000, '오전 9:05', '9:05 AM'],
    [12 * HOUR_MS, '오후 12:00', '12:00 PM'],
    [24 * HOUR_MS - 1, '오후 11:59', '11:59 PM'],
  ])('%i ms after midnight is %s', (ms, korean, english) => {
    const at = dayStart('2026-11-22') + ms;
    expect([clockText(at, ko), clockText(at, en)]).toEqual([korean, english]);
  });

  it('names the date with its weekday, and only when it is not today', () => {
    expect([dateText(noon, ko), dateText(noon, en)]).toEqual(['11월 22일 (일)', 'Sun 22 Nov']);
    expect(momentText(noon, noon + HOUR_MS, ko)).toBe('오후 12:00');
    expect(momentText(noon, noon + 12 * HOUR_MS, ko)).toBe('11월 22일 (일) 오후 12:00');
  });
});
