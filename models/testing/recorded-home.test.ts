import { describe, expect, test } from 'vitest';
import { addDays, DAY_MS, dayNumber, HOUR_MS, weekday } from '../calendar/seoul.ts';
import { readRecordedHome, replayShift, type FileClock } from './recorded-home.ts';

/** An hour a row from `from` on; the value of a row tells its place. */
const csvFrom = (from: string, hour: number, count: number): string => {
  const stamp = (index: number): string => {
    const at = dayNumber(from) * 24 + hour + index;
    return `${addDays('1970-01-01', Math.floor(at / 24))}T${String(at % 24).padStart(2, '0')}:00`;
  };
  return ['ts,load_kwh', ...Array.from({ length: count }, (_, index) => `${stamp(index)},${index}`)].join('\n');
};

const WALL: FileClock = { clock: 'wall', offsetMinutes: () => 0 };
const at = (date: string, hour: number): number => dayNumber(date) * DAY_MS + hour * HOUR_MS;
/** British clocks of 2013: an hour ahead from 31 March 01:00 UTC to 27 October 01:00 UTC. */
const london = (utcMs: number): number => (utcMs >= at('2013-03-31', 1) && utcMs < at('2013-10-27', 1) ? 60 : 0);
/** Sydney's of 2013: eleven hours ahead until 7 April 03:00 of summer time (6 April 16:00 UTC), ten after. */
const sydney = (utcMs: number): number => (utcMs < at('2013-04-06', 16) ? 660 : 600);

const loads = (csv: string, clock: FileClock, date: string): (number | undefined)[] =>
  readRecordedHome(csv, clock)
    .days.get(date)!
    .map((hour) => hour?.loadKwh);

describe('the days of a recorded home', () => {
  test('are whole: a partial first and last day are dropped', () => {
    const { firstDate, lastDate, days } = readRecordedHome(csvFrom('2016-07-31', 23, 1 + 48 + 23), WALL);
    expect([firstDate, lastDate, days.size]).toEqual(['2016-08-01', '2016-08-02', 2]);
    expect(days.get('2016-08-01')![0]).toEqual({ loadKwh: 1, pvKwh: 0 });
  });

  test('keep their gaps: an empty cell and an absent row are both missing, a zero is a reading', () => {
    const rows = csvFrom('2020-01-01', 0, 24).split('\n');
    rows[1] = '2020-01-01T00:00,0.0';
    rows[4] = '2020-01-01T03:00,';
    const [midnight, , , three, four, five] = loads(rows.toSpliced(5, 1).join('\n'), WALL, '2020-01-01');
    expect([midnight, three, four, five]).toEqual([0, undefined, undefined, 5]);
  });

  test('recorded in UTC skip the hour that British clocks skip in spring', () => {
    const day = loads(csvFrom('2013-03-31', 0, 48), { clock: 'UTC', offsetMinutes: london }, '2013-03-31');
    expect(day.slice(0, 4)).toEqual([0, undefined, 1, 2]);
  });

  test('recorded in GMT average the hour that British clocks repeat in autumn', () => {
    const csv = csvFrom('2013-10-26', 23, 50);
    const day = loads(csv, { clock: 'GMT all year', offsetMinutes: london }, '2013-10-27');
    expect(day.slice(0, 4)).toEqual([0, 1.5, 3, 4]);
  });

  test('an hour that occurs twice and was recorded once is that record', () => {
    const rows = csvFrom('2013-10-26', 23, 50).split('\n');
    rows[2] = '2013-10-27T00:00,';
    expect(loads(rows.join('\n'), { clock: 'GMT all year', offsetMinutes: london }, '2013-10-27')[1]).toBe(2);
  });

  test('recorded in Australian standard time move by the hour of daylight saving', () => {
    const csv = csvFrom('2013-04-05', 22, 80);
    const clock = { clock: 'standard time UTC+10 all year', offsetMinutes: sydney };
    // 5 April 23:00 standard is 6 April 00:00 of summer time
    expect(loads(csv, clock, '2013-04-06')[0]).toBe(1);
    expect(loads(csv, clock, '2013-04-07').slice(0, 4)).toEqual([25, 26, 27.5, 29]);
  });

  test('carry PV where the file has it, and an hour without its PV is missing', () => {
    const rows = csvFrom('2020-01-01', 0, 24)
      .split('\n')
      .map((row, index) => `${row},${index === 0 ? 'pv_kwh' : index === 5 ? '' : '0.5'}`);
    const { hasPv, days } = readRecordedHome(rows.join('\n'), WALL);
    expect(hasPv).toBe(true);
    expect(days.get('2020-01-01')!.slice(3, 5)).toEqual([{ loadKwh: 3, pvKwh: 0.5 }, undefined]);
  });

  test.each([
    ['time,kwh\n', 'ts and load_kwh are needed'],
    ['ts,load_kwh\n2020-01-01T00:30,1\n', 'line 2: "2020-01-01T00:30" is not the start of an hour'],
    ['ts,load_kwh\n2020-01-01T00:00,-1\n', 'line 2: "-1" is not an amount of kWh'],
    ['ts,load_kwh\n2020-01-01T00:00,1\n', 'hold no whole day'],
  ])('of a broken file are refused with the place: %j', (csv, reason) => {
    expect(() => readRecordedHome(csv, WALL)).toThrow(reason);
  });

  test('of an unknown clock are refused rather than guessed', () => {
    expect(() => readRecordedHome(csvFrom('2020-01-01', 0, 24), { ...WALL, clock: 'Mars time' })).toThrow(
      'clock "Mars time" is not known',
    );
  });
});

describe('the shift of a replay', () => {
  const shift = (firstDate: string, lastDate: string, today: string, southern = false): [string, number] => {
    const days = replayShift({ firstDate, lastDate }, { today, southern });
    expect(days % 7).toBe(0);
    return [addDays(today, -days), days];
  };

  test('is whole weeks, so that weekdays match and the season lies within three days', () => {
    const [origin] = shift('2006-12-17', '2010-11-25', '2026-11-22');
    expect(origin).toBe('2010-11-21');
    expect(weekday(origin)).toBe(weekday('2026-11-22'));
  });

  test('takes the latest year that leaves nine weeks before it', () => {
    expect(shift('2013-01-01', '2014-02-27', '2026-02-01')[0].slice(0, 4)).toBe('2014');
    expect(shift('2012-12-20', '2014-01-25', '2026-01-22')[0].slice(0, 4)).toBe('2014');
    expect(shift('2013-01-01', '2014-01-10', '2026-01-22')[0].slice(0, 4)).toBe('2013');
  });

  test('of an Australian home is half a year more, because its seasons are reversed', () => {
    expect(shift('2012-02-11', '2014-03-02', '2026-11-22', true)[0]).toBe('2013-05-26');
  });

  test('exists for every day of the year, the leap day included', () => {
    for (let day = 0; day < 366; day++) {
      const today = addDays('2028-01-01', day);
      const [origin] = shift('2016-08-01', '2017-07-30', today);
      const distance = Math.abs(
        dayNumber(origin) - dayNumber(`${origin.slice(0, 4)}-${today.slice(5) === '02-29' ? '02-28' : today.slice(5)}`),
      );
      expect(Math.min(distance, 365 - distance)).toBeLessThanOrEqual(4);
    }
  });
});
