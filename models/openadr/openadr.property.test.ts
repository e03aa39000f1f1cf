import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../calendar/seoul.ts';
import { durationMs, durationText, instantMs, instantText } from './duration.ts';
import { endMsOf, spansOf } from './intervals.ts';
import { MIN_COHORT } from '../community/cohort.ts';
import { toldNext, toldOf, type Figures } from './report.ts';
import { grantedTargets, seenById, seenInList } from './targets.ts';

const ms = fc.integer({ min: -2_000_000_000_000, max: 8_000_000_000_000 });

describe('instants and durations', () => {
  test('an instant that is written is read as it was', () => {
    fc.assert(
      fc.property(ms, (at) => {
        expect(instantMs(instantText(at))).toBe(at);
      }),
    );
  });
  test('a duration of whole seconds that is written is read as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (s) => {
        expect(durationMs(durationText(s * 1000))).toBe(s * 1000);
      }),
    );
  });
  test('an instant with an offset is that much earlier or later in UTC', () => {
    fc.assert(
      fc.property(ms, fc.integer({ min: -14 * 60, max: 14 * 60 }), (at, offset) => {
        const zone = `${offset < 0 ? '-' : '+'}${String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0')}:${String(Math.abs(offset) % 60).padStart(2, '0')}`;
        expect(instantMs(instantText(at).replace('Z', zone))).toBe(at - offset * 60_000);
      }),
    );
  });
  test.each([
    ['PT1H30M', 1.5 * HOUR_MS],
    ['P1D', DAY_MS],
    ['P2W', 14 * DAY_MS],
    ['PT0.5S', 500],
    ['-PT5M', -300_000],
    ['P9999Y', Infinity],
    ['P1M', undefined],
    ['P1Y', undefined],
    ['P', undefined],
    ['PT', undefined],
    ['1H', undefined],
  ])('%s lasts %s ms', (text, expected) => expect(durationMs(text)).toBe(expected));
  test.each([
    ['2026-06-15T09:30:00Z', 1_781_515_800_000],
    ['2026-06-15T18:30:00.000+09:00', 1_781_515_800_000],
    ['0001-01-01T00:00:00Z', 'now'],
    ['0000-01-01', 'now'],
    ['2026-02-29T00:00:00Z', undefined],
    ['2026-13-01T00:00:00Z', undefined],
    ['2026-06-15 09:30:00Z', undefined],
    ['2026-06-15T24:30:00Z', undefined],
  ])('%s is %s', (text, expected) => expect(instantMs(text)).toBe(expected));
});

describe('intervals', () => {
  const payloads = [{ type: 'SIMPLE', values: [1] }];
  test('without times of their own follow each other from the start of the event', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 1, max: 86_400 }), (count, seconds) => {
        const event = {
          intervalPeriod: { start: '2026-11-23T09:00:00Z', duration: durationText(seconds * 1000) },
          intervals: Array.from({ length: count }, (_, id) => ({ id, payloads })),
        };
        const spans = spansOf(event, 0) ?? [];
        expect(spans).toHaveLength(count);
        spans.forEach(({ startMs, endMs }, i) => {
          expect(endMs - startMs).toBe(seconds * 1000);
          if (i > 0) expect(startMs).toBe(spans[i - 1]?.endMs);
        });
        expect(endMsOf(event, 0)).toBe(spans.at(-1)?.endMs);
      }),
    );
  });
  test('say their own times where they do, and the next follows those', () => {
    const own = { start: '2026-11-23T12:00:00Z', duration: 'PT2H' };
    const spans = spansOf(
      {
        intervalPeriod: { start: '2026-11-23T09:00:00Z', duration: 'PT1H' },
        intervals: [
          { id: 0, payloads },
          { id: 1, payloads, intervalPeriod: own },
          { id: 2, payloads },
        ],
      },
      0,
    );
    expect(
      spans?.map(({ startMs, endMs }) => [instantText(startMs).slice(11, 16), instantText(endMs).slice(11, 16)]),
    ).toEqual([
      ['09:00', '10:00'],
      ['12:00', '14:00'],
      ['14:00', '15:00'],
    ]);
  });
  test('of an event that starts now start when it was made; one of P9999Y never ends', () => {
    const event = {
      intervalPeriod: { start: '0001-01-01T00:00:00Z', duration: 'P9999Y' },
      intervals: [{ id: 0, payloads }],
    };
    expect(spansOf(event, 1000)).toMatchObject([{ startMs: 1000, endMs: Infinity }]);
    expect(endMsOf(event, 1000)).toBe(Infinity);
  });
  test('end with the duration of the event where it loops them', () => {
    expect(endMsOf({ duration: 'P1D', intervalPeriod: { start: '1970-01-01T00:00:00Z', duration: 'PT1H' } }, 0)).toBe(
      DAY_MS,
    );
  });
});

describe('targets', () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });
  test('an end node never sees a target it was not granted, nor one it did not name', () => {
    fc.assert(
      fc.property(names, names, fc.option(names, { nil: undefined }), (own, granted, requested) => {
        const seen = seenInList({ targets: own }, { all: false, granted: new Set(granted) }, requested);
        for (const one of seen?.targets ?? []) {
          expect(granted).toContain(one);
          expect(requested).toContain(one);
        }
        if (own.length > 0)
          expect(seen !== undefined).toBe(own.some((one) => granted.includes(one) && requested?.includes(one)));
        else expect(seen !== undefined).toBe(requested === undefined);
      }),
    );
  });
  test('by id it sees what it was granted one target of, and no other target', () => {
    fc.assert(
      fc.property(names, names, (own, granted) => {
        const seen = seenById({ targets: own }, { all: false, granted: new Set(granted) });
        const shared = own.filter((one) => granted.includes(one));
        expect(seen?.targets).toEqual(own.length === 0 ? [] : shared.length === 0 ? undefined : shared);
      }),
    );
  });
  test('business logic sees all targets, and filters by any of those it names', () => {
    fc.assert(
      fc.property(names, fc.option(names, { nil: undefined }), (own, requested) => {
        const seen = seenInList({ targets: own }, { all: true }, requested);
        const wanted = requested === undefined || own.some((one) => requested.includes(one));
        expect(seen?.targets).toEqual(wanted ? own : undefined);
      }),
    );
  });
  test('what is granted is what ven and resources hold together', () => {
    expect([...grantedTargets([{ targets: ['a'] }, { targets: null }, {}, { targets: ['b', 'a'] }])]).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('what is told of homes', () => {
  const home = fc.record({ importWh: fc.nat(6000), baselineWh: fc.nat(6000) });
  const figuresOf = (homes: readonly { importWh: number; baselineWh: number }[], missing = 0): Figures => ({
    households: homes.length + missing,
    stage: 'provisional',
    importWh: homes.reduce((sum, { importWh }) => sum + importWh, 0),
    baselineWh: homes.reduce((sum, { baselineWh }) => sum + baselineWh, 0),
    largestImportWh: Math.max(0, ...homes.map(({ importWh }) => importWh)),
    largestBaselineWh: Math.max(0, ...homes.map(({ baselineWh }) => baselineWh)),
    quality: { good: homes.length, estimated: 0, missing },
  });
  const figures = fc.array(home, { maxLength: 70 }).map((homes) => figuresOf(homes));
  test('does not change so much as to say what one more home used, and is within half a step of the truth', () => {
    fc.assert(
      fc.property(fc.array(home, { minLength: 20, maxLength: 60 }), (homes) => {
        const all = figuresOf(homes);
        const told = toldOf(all);
        fc.pre(told !== undefined);
        const largest = Math.max(all.largestImportWh, all.largestBaselineWh);
        const off = Math.abs((told?.importKwh ?? 0) * 1000 - all.importWh);
        expect(off * 2).toBeLessThanOrEqual(Math.max(1000, 2 * largest));
        for (const sum of [all.importWh, all.baselineWh]) expect(sum).toBeGreaterThan(0);
      }),
    );
  });
  test('is nothing where one home is more than its share of it', () => {
    const small = Array.from({ length: 30 }, () => ({ importWh: 500, baselineWh: 600 }));
    expect(toldOf(figuresOf(small))).toMatchObject({ homes: 30, importKwh: 15, baselineKwh: 18 });
    expect(toldOf(figuresOf([...small, { importWh: 5000, baselineWh: 600 }]))).toBeUndefined();
    expect(toldOf(figuresOf([...small, { importWh: 500, baselineWh: 6000 }]))).toBeUndefined();
  });
  test('is never of fewer than a cohort, nor lets two sums differ by fewer', () => {
    fc.assert(
      fc.property(fc.array(figures, { minLength: 1, maxLength: 6 }), (series) => {
        let before: ReturnType<typeof toldOf>;
        for (const one of series) {
          const now = toldNext(before, toldOf(one));
          if (now) {
            expect(now.homes).toBeGreaterThanOrEqual(MIN_COHORT);
            if (before && now.homes !== before.homes)
              expect(Math.abs(now.homes - before.homes)).toBeGreaterThanOrEqual(MIN_COHORT);
          }
          before = now;
        }
      }),
    );
  });
});
