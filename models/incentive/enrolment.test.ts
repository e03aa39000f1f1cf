import { describe, expect, test } from 'vitest';
import { firstDay, firstState, isOpen, spellOver, spellsOf, type Step } from './enrolment.ts';
import { halfBefore, halfOf, halfPeriod, halvesIn, monthPeriod, monthsIn } from './periods.ts';

const steps = (...of: [Step['state'], string][]): Step[] => of.map(([state, on]) => ({ state, on }));

describe('the first day that counts', () => {
  test.each([
    ['month-of-application', '2026-05-20', '2026-05-01'],
    ['next-half-year', '2026-05-20', '2026-07-01'],
    ['next-half-year', '2026-07-01', '2027-01-01'],
    ['next-day', '2026-12-31', '2027-01-01'],
  ] as const)('%s, from %s: %s', (joins, on, from) => {
    expect(firstDay(joins, on)).toBe(from);
  });

  test('ours is in force at once, with the others the office decides', () => {
    expect(firstState('us')).toBe('enrolled');
    expect(['utility', 'municipality', 'aggregator', 'partner'].map((payer) => firstState(payer as 'utility'))).toEqual(
      Array.from({ length: 4 }, () => 'applied'),
    );
  });
});

describe('a home takes part', () => {
  const applied = [['applied', '2026-05-20'] as const, ['under-review', '2026-05-22'] as const];

  test('not while it waits, and not when it is rejected', () => {
    expect(spellsOf(steps(['applied', '2026-05-20'], ['under-review', '2026-05-22']), 'month-of-application')).toEqual(
      [],
    );
    expect(
      spellsOf(
        steps(...applied.map(([a, b]): [Step['state'], string] => [a, b]), ['rejected', '2026-05-23']),
        'next-day',
      ),
    ).toEqual([]);
  });

  test('from the month of its application on, once that is approved; being paid ends nothing', () => {
    const history = steps(
      ['applied', '2026-05-20'],
      ['under-review', '2026-05-22'],
      ['approved', '2026-06-10'],
      ['paid', '2026-07-20'],
    );
    expect(spellsOf(history, 'month-of-application')).toEqual([
      { from: '2026-05-01', to: null, grantedOn: '2026-06-10' },
    ]);
  });

  test('to the day it withdraws; again from the day after it comes back', () => {
    const history = steps(['enrolled', '2026-05-01'], ['withdrawn', '2026-05-10'], ['enrolled', '2026-05-10']);
    const spells = spellsOf(history, 'next-day');
    expect(spells.map(({ from, to }) => [from, to])).toEqual([
      ['2026-05-02', '2026-05-10'],
      ['2026-05-11', null],
    ]);
    const on = (date: string) => spellOver(spells, { id: 'event', from: date, to: date })?.from;
    expect(['2026-05-01', '2026-05-02', '2026-05-10', '2026-05-11'].map(on)).toEqual([
      undefined,
      '2026-05-02',
      '2026-05-02',
      '2026-05-11',
    ]);
  });

  test('with the baseline method of the step it asked with, until it comes back with another', () => {
    const fixed = (method: string) => ({ method, by: 'fit' as const, fits: [] });
    const history: Step[] = [
      { state: 'applied', on: '2026-05-01', baselineMethod: fixed('mid-6-of-10') },
      ...steps(['under-review', '2026-05-02'], ['approved', '2026-05-03'], ['withdrawn', '2026-05-10']),
      { state: 'applied', on: '2026-05-12', baselineMethod: fixed('max-4-of-5') },
      ...steps(['under-review', '2026-05-13'], ['approved', '2026-05-14']),
    ];
    expect(spellsOf(history, 'next-day').map((spell) => [spell.from, spell.baselineMethod?.method])).toEqual([
      ['2026-05-02', 'mid-6-of-10'],
      ['2026-05-13', 'max-4-of-5'],
    ]);
  });

  test('a month only as a whole: who withdraws within it has no part in it', () => {
    const spells = spellsOf(steps(['enrolled', '2026-04-30'], ['withdrawn', '2026-05-30']), 'next-day');
    expect(spellOver(spells, monthPeriod('2026-05'))).toBeUndefined();
  });
});

describe('a period is settled', () => {
  const may = monthPeriod('2026-05');
  const spell = { from: '2026-01-01', to: null, grantedOn: '2025-12-20' };

  test.each([
    ['2026-05-30', false],
    ['2026-05-31', true],
    ['2026-06-30', true],
    ['2026-07-01', false],
  ])('on %s: %s', (date, open) => {
    expect(isOpen(may, spell, date)).toBe(open);
  });

  test('late, where the office was slow: for thirty days from its approval', () => {
    const late = { ...spell, grantedOn: '2026-08-10' };
    expect(['2026-08-09', '2026-08-10', '2026-09-09', '2026-09-10'].map((date) => isOpen(may, late, date))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('periods', () => {
  test('a month knows its last day', () => {
    expect(['2024-02', '2026-02', '2026-12'].map((month) => monthPeriod(month).to)).toEqual([
      '2024-02-29',
      '2026-02-28',
      '2026-12-31',
    ]);
  });

  test('only whole months and whole half-years lie in a range', () => {
    expect(monthsIn('2025-12-02', '2026-03-30').map(({ id }) => id)).toEqual(['2026-01', '2026-02']);
    expect(monthsIn('2026-03-01', '2026-03-31').map(({ id }) => id)).toEqual(['2026-03']);
    expect(halvesIn('2025-01-02', '2026-12-30').map(({ id }) => id)).toEqual(['2025-H2', '2026-H1']);
    expect(monthsIn('2026-03-31', '2026-03-01')).toEqual([]);
  });

  test('half-years follow each other', () => {
    expect([halfBefore('2026-H1', 1), halfBefore('2026-H2', 1), halfBefore('2026-H2', -1)]).toEqual([
      '2025-H2',
      '2026-H1',
      '2027-H1',
    ]);
    expect([halfOf('2026-06-30'), halfOf('2026-07-01'), halfPeriod('2026-H2').to]).toEqual([
      '2026-H1',
      '2026-H2',
      '2026-12-31',
    ]);
  });
});
