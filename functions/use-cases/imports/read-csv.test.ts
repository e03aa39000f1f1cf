import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { addDays } from '@hems/models/calendar/seoul';
import { day, HEADER, HOURS, pad, read, refusalOf } from '../../testing/history-files.ts';

describe('the utility’s table', () => {
  it('labels hours by their end: 24:00 is the last hour of its own day', async () => {
    const { format, days, refused } = await read(HEADER + day('2026-01-31') + day('2026-02-01'));
    expect(format).toBe('csv');
    expect(refused).toEqual([]);
    expect(days).toMatchObject([
      { date: '2026-01-31', importWh: 30_000, quality: 'good', source: 'imported' },
      { date: '2026-02-01', importWh: 30_000 },
    ]);
    expect(days[0]).not.toHaveProperty('exportWh');
  });

  it('gives the use by time bands, which add up to the day', async () => {
    const { days } = await read(HEADER + day('2026-01-30'));
    const { off = 0, mid = 0, peak = 0 } = days[0]?.bandWh?.jeju ?? {};
    expect(off + mid + peak).toBe(30_000);
    expect(mid).toBeGreaterThan(off);
  });

  it('that counts hours 0 to 23 labels them by their beginning', async () => {
    const rows = HOURS.map((hour) => `2026-01-31,${hour}시,${(hour + 1) / 10}\n`).join('');
    const { days } = await read(HEADER + rows);
    expect(days).toMatchObject([{ date: '2026-01-31', importWh: 30_000 }]);
    expect(days[0]?.bandWh).toEqual((await read(HEADER + day('2026-01-31'))).days[0]?.bandWh);
  });

  it('tells its hours by the rows that are taken: one that is refused decides nothing', async () => {
    const whole = (date: string): string => HOURS.map((hour) => `${date},${pad(hour)}:00,1\n`).join('');
    const table = `일자,시간,사용량(kWh)\n${whole('2026-01-30')}${whole('2026-01-31')}2026-01-01,00:00,-5\n`;
    const { days, refused } = await read(table);
    expect(days).toMatchObject([{ date: '2026-01-30' }, { date: '2026-01-31', importWh: 24_000 }]);
    expect(refused).toHaveLength(1);
  });

  it('of days has a row a day, thousands separators and quotes', async () => {
    const { days } = await read('날짜;전력 사용량 (Wh)\n2026.01.30;"12,345"\n2026. 1. 31.;6789.6\n20260201;0\n');
    expect(days.map(({ date, importWh }) => [date, importWh])).toEqual([
      ['2026-01-30', 12_345],
      ['2026-01-31', 6790],
      ['2026-02-01', 0],
    ]);
    expect(days[0]).not.toHaveProperty('bandWh');
  });

  it('is found below whose it is, in English, parted by tabs, with date and time in one column', async () => {
    const rows = HOURS.map((hour) => `2026-01-31 ${pad(hour + 1)}:00\t${hour}\n`).join('');
    const { days } = await read(`customer\tKim\nperiod\t2026-01\n\nDateTime\tUsage (kWh)\n${rows}`);
    expect(days).toMatchObject([{ date: '2026-01-31', importWh: 276_000 }]);
  });

  it('of quarter hours is summed', async () => {
    const rows = Array.from(
      { length: 96 },
      (_, at) => `2026-01-31,${pad(Math.floor((at + 1) / 4))}:${pad(((at + 1) % 4) * 15)},0.25\n`,
    );
    const { days } = await read(HEADER + rows.join(''));
    expect(days).toMatchObject([{ date: '2026-01-31', importWh: 24_000 }]);
  });

  it.each([
    ['UTF-8 with a byte order mark', (text: string) => strToU8(`\ufeff${text}`)],
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['CP949', (text: string) => Buffer.concat([CP949_HEADER, Buffer.from(text.slice(text.indexOf('\n')))])],
  ])('in %s is the same', async (_, encode) => {
    const { days } = await read(encode(HEADER + day('2026-01-31')), 7);
    expect(days).toMatchObject([{ date: '2026-01-31', importWh: 30_000 }]);
  });

  it('with refused lines tells each by its line and why, and takes the other days', async () => {
    const broken = day('2026-02-01').replace('05:00,0.5', '05:00,-').replace('06:00,0.6', '06:00,abc');
    const { days, refused } = await read(
      `${HEADER}${day('2026-01-31')}${broken}yesterday,01:00,1\n2026-02-30,01:00,1\n2026-02-03,25:00,1\n2026-02-03,01:00,-1\n`,
    );
    expect(days.map(({ date }) => date)).toEqual(['2026-01-31']);
    expect(refused.map(({ line, code }) => [line, code])).toEqual([
      [30, 'no-value'],
      [31, 'not-a-number'],
      [50, 'no-date'],
      [51, 'no-date'],
      [52, 'no-time'],
      [53, 'negative'],
      [26, 'missing-hours'],
    ]);
    expect(refused.at(-1)?.reason).toBe('2026-02-01: 2 of 24 hours are missing');
  });

  it('that says an hour twice alike says it once; with another value the day is refused with both lines', async () => {
    const twice = `${HEADER}${day('2026-01-31')}2026-01-31,01:00,0.1\n`;
    expect((await read(twice)).days).toMatchObject([{ importWh: 30_000 }]);
    const { days, refused } = await read(`${twice}2026-01-31,02:00,9\n`);
    expect(days).toEqual([]);
    expect(refused).toEqual([
      {
        line: 27,
        code: 'conflict',
        reason: '2026-01-31: line 3 and line 27 say different values for the same interval',
      },
    ]);
  });

  it.each([
    ['without a unit', '일자,시간,사용량\n2026-01-31,01:00,1\n', 'no-unit'],
    ['without columns', 'a,b,c\n1,2,3\n', 'no-columns'],
    ['without rows', HEADER, 'empty'],
    ['that is a picture', '\u0089PNG\r\n\u001a\n\u0000', 'no-columns'],
    ['with a quote that never closes', `${HEADER}2026-01-31,01:00,"1\n${day('2026-02-01')}`, 'malformed'],
    ['that is nothing', '', 'empty'],
  ])('%s is refused as a whole', async (_, text, code) => {
    expect((await refusalOf(read(text))).code).toBe(code);
  });
});

// '일자,시간,사용량(kWh)' as a spreadsheet in Korea saves it
const CP949_HEADER = Buffer.from('c0cfc0da2cbdc3b0a32cbbe7bfebb7ae286b576829', 'hex');

const rowsOf = (times: readonly string[]): string => times.map((time, at) => `${time},${(at % 24) + 1}\n`).join('');
const hoursFrom = (first: number): string[] => HOURS.map((hour) => `${pad((first + hour) % 24)}:00`);

describe('a table of hours', () => {
  const ends = ['2026-01-01', '2026-01-02'].flatMap((date, at) =>
    hoursFrom(1).map((time) => `${time === '00:00' ? `2026-01-0${at + 2}` : date},${time}`),
  );
  const endsOfOwnDate = ['2026-01-01', '2026-01-02'].flatMap((date) => hoursFrom(1).map((time) => `${date},${time}`));
  const starts = ['2026-01-01', '2026-01-02'].flatMap((date) => hoursFrom(0).map((time) => `${date},${time}`));
  const reference = [1, 2].map((n) => ({ date: `2026-01-0${n}`, importWh: 300_000 }));

  it.each([
    ['01:00 to 00:00 of the next date', 'time', ends],
    ['01:00 to 00:00 of the same date', 'time', endsOfOwnDate],
    ['00:00 to 23:00', 'time', starts],
    ['their ends, as its header says', '종료시간', ends],
    ['their ends within one date, as its header says', 'end time', endsOfOwnDate],
    ['their beginnings, as its header says', '시작 시각', starts],
  ])('labelled %s has the same hours', async (_, time, times) => {
    const { days, refused } = await read(`date,${time},usage(kWh)\n${rowsOf(times)}`);
    expect(refused).toEqual([]);
    expect(days).toMatchObject(reference);
    const hours = (await read(`date,start time,usage(kWh)\n${rowsOf(starts)}`)).days.map(({ bandWh }) => bandWh);
    expect(days.map(({ bandWh }) => bandWh)).toEqual(hours);
  });

  it('says the same with its newest row first', async () => {
    for (const times of [ends, endsOfOwnDate, starts]) {
      const rows = rowsOf(times).trimEnd().split('\n').toReversed().join('\n');
      expect((await read(`date,time,usage(kWh)\n${rows}\n`)).days).toMatchObject(reference);
    }
  });

  it('with date and end in one column is read by the end', async () => {
    const rows = rowsOf(ends.map((time) => time.replace(',', ' ')));
    expect((await read(`종료일시,usage(kWh)\n${rows}`)).days).toMatchObject(reference);
  });

  it('with a beginning beside the end is read by the beginning', async () => {
    const rows = starts.map((time, at) => `${time},${hoursFrom(1)[at % 24]},${(at % 24) + 1}\n`).join('');
    expect((await read(`date,start time,end time,usage(kWh)\n${rows}`)).days).toMatchObject(reference);
  });

  it.each([
    ['00:00 to 00:00', [...starts, '2026-01-03,00:00']],
    ['part of a day', starts.slice(3, 9)],
    ['00:00 and 24:00', [...starts, '2026-01-02,24:00']],
  ])('of %s without a word on its times is refused with what to do', async (_, times) => {
    const refusal = await refusalOf(read(`date,time,usage(kWh)\n${rowsOf(times)}`));
    expect(refusal).toMatchObject({ code: 'unclear-hours', message: expect.stringMatching(/종료시간/) });
  });

  it('whose last hours have no value still tells how it counts', async () => {
    const rows = rowsOf(starts)
      .replace(/00:00,1\n/, '00:00,-\n')
      .replace(/23:00,24\n$/, '23:00,-\n');
    const { days, refused } = await read(`date,time,usage(kWh)\n${rows}`);
    expect(days).toEqual([]);
    expect(refused.map(({ code }) => code)).toEqual(['no-value', 'no-value', 'missing-hours', 'missing-hours']);
  });
});

it('a table of months has no dates: 2025-11 is not the first of January', async () => {
  const { days, refused } = await read('date,usage(kWh)\n2025-09,300\n2025-11,320\n202512,410\n2025-1231,5\n');
  expect(days).toEqual([]);
  expect(refused.map(({ code }) => code)).toEqual(['no-date', 'no-date', 'no-date', 'no-date']);
});

it('a table of more than four thousand days is refused as a whole', async () => {
  const rows = Array.from({ length: 4001 }, (_, at) => `${addDays('2010-01-01', at)},9\n`).join('');
  expect((await refusalOf(read(`date,usage(kWh)\n${rows}`))).code).toBe('too-many-days');
});
