import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, dayStart, SLOT_MS } from '@hems/models/calendar/seoul';
import type { Point } from '@hems/models/reading/point';
import { aPoint } from '@hems/models/testing/builders';
import type { SeriesQuery, TelemetryStore } from '../../ports/telemetry-store.ts';

/** `nowMs`: what the store takes for the present. */
export type TelemetryStoreUnderTest = {
  readonly store: TelemetryStore;
  readonly nowMs: number;
  close(): Promise<void>;
};

const MINUTE = 60_000;

let households = 0;
/** A household of its own for each test. */
const aHousehold = (): string => `t-${(households += 1)}`;

/** What every `TelemetryStore` promises; see `ports/telemetry-store.ts`. Which times are plausible is the business of ingest. */
export const telemetryStoreContract = (name: string, make: () => Promise<TelemetryStoreUnderTest>): void => {
  describe(`TelemetryStore: ${name}`, () => {
    let adapter: TelemetryStoreUnderTest;
    let store: TelemetryStore;
    let now: number;
    beforeAll(async () => {
      adapter = await make();
      ({ store, nowMs: now } = adapter);
    });
    afterAll(() => adapter.close());

    const at = (ts: number, power_w: number, over: Partial<Point> = {}): Point =>
      aPoint({ ts, quantities: { power_w }, ...over });
    const queryOf = (household: string, over: Partial<SeriesQuery> = {}): SeriesQuery => ({
      household,
      deviceId: 'meter-1',
      kind: 'smart_meter',
      quantity: 'power_w',
      fromMs: now - 60 * DAY_MS,
      toMs: now + DAY_MS,
      ...over,
    });
    const powerOf = async (household: string, over: Partial<SeriesQuery> = {}): Promise<number[]> =>
      (await store.series(queryOf(household, over))).map(({ value }) => value);

    describe('a series', () => {
      it('holds the points in order of time, each with its quality flags, whatever the order of arrival', async () => {
        const home = aHousehold();
        const points = [
          at(now - MINUTE, 300, { q: 2 }),
          at(now - 40 * MINUTE, 100),
          at(now - 20 * MINUTE, 200, { q: 64 }),
        ];
        expect(await store.write(home, points)).toEqual({ accepted: 3, rejected: [] });
        expect(await store.series(queryOf(home))).toEqual([
          { ts: now - 40 * MINUTE, value: 100, q: 0 },
          { ts: now - 20 * MINUTE, value: 200, q: 64 },
          { ts: now - MINUTE, value: 300, q: 2 },
        ]);
      });

      it('is of one household, device, kind and quantity', async () => {
        const [home, neighbour] = [aHousehold(), aHousehold()];
        const both = { power_w: 1, voltage_mv: 2 };
        await store.write(home, [
          aPoint({ ts: now, quantities: both }),
          aPoint({ ts: now, deviceId: 'meter-10', quantities: { power_w: 3 } }),
          aPoint({ ts: now, kind: 'smart_plug', quantities: { power_w: 4 } }),
        ]);
        await store.write(neighbour, [at(now, 5)]);
        expect(await powerOf(home)).toEqual([1]);
        expect(await powerOf(home, { quantity: 'voltage_mv' })).toEqual([2]);
        expect(await powerOf(home, { deviceId: 'meter-10' })).toEqual([3]);
        expect(await powerOf(home, { kind: 'smart_plug' })).toEqual([4]);
        expect(await powerOf(neighbour)).toEqual([5]);
        expect(await powerOf(aHousehold())).toEqual([]);
      });

      it('begins with its first moment and ends before its last, across Korean midnights', async () => {
        const home = aHousehold();
        const midnight = dayStart('2026-01-04');
        const times = [
          midnight - DAY_MS,
          midnight - 1,
          midnight,
          midnight + SLOT_MS,
          midnight + DAY_MS - 1,
          midnight + DAY_MS,
        ];
        await store.write(
          home,
          times.map((ts, index) => at(ts, index)),
        );
        const within = (fromMs: number, toMs: number) => powerOf(home, { fromMs, toMs });
        expect(await within(midnight, midnight + DAY_MS)).toEqual([2, 3, 4]);
        expect(await within(midnight - 1, midnight + SLOT_MS + 1)).toEqual([1, 2, 3]);
        expect(await within(midnight - DAY_MS, midnight)).toEqual([0, 1]);
        expect(await within(midnight, midnight + 1)).toEqual([2]);
        expect(await within(midnight, midnight + DAY_MS - 1)).toEqual([2, 3]);
        expect(await within(midnight + 1, midnight + SLOT_MS)).toEqual([]);
        expect(await within(midnight, midnight)).toEqual([]);
        expect(await within(midnight + 1, midnight)).toEqual([]);
        expect(await within(0, now + 1000 * DAY_MS)).toEqual([0, 1, 2, 3, 4, 5]);
        expect(await within(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)).toEqual([0, 1, 2, 3, 4, 5]);
      });

      it('has no sample where a point did not carry the quantity', async () => {
        const home = aHousehold();
        await store.write(home, [
          aPoint({ ts: now - MINUTE, quantities: { voltage_mv: 220_000 } }),
          aPoint({ ts: now, quantities: { power_w: 0, current_ma: 12 } }),
        ]);
        expect(await store.series(queryOf(home))).toEqual([{ ts: now, value: 0, q: 0 }]);
      });

      it('leaves out what no home can do, whoever wrote it', async () => {
        const home = aHousehold();
        await store.write(home, [at(now - MINUTE, 200_001), at(now, 200_000), at(now - 2 * MINUTE, 7, { q: 999 })]);
        expect(await powerOf(home)).toEqual([200_000]);
      });

      it('of the room and of the meter come from one device side by side', async () => {
        const home = aHousehold();
        const battery = { deviceId: 'battery-1', kind: 'battery' } as const;
        await store.write(home, [
          aPoint({ ...battery, ts: now, quantities: { power_w: -900, temperature_cdegc: 2450, soc_permille: 800 } }),
        ]);
        expect(await powerOf(home, battery)).toEqual([-900]);
        expect(await powerOf(home, { ...battery, quantity: 'temperature_cdegc' })).toEqual([2450]);
        expect(await powerOf(home, { ...battery, quantity: 'soc_permille' })).toEqual([800]);
      });

      it('cannot be asked for with an id that is more than an id', async () => {
        await expect(store.series(queryOf("x' OR household <> '"))).rejects.toThrow(/is no telemetry or device id/);
        await expect(store.series(queryOf(aHousehold(), { deviceId: 'a#b' }))).rejects.toThrow(
          /is no telemetry or device id/,
        );
      });
    });

    describe('a point that comes again', () => {
      it('is stored once, in one call or two', async () => {
        const home = aHousehold();
        expect(await store.write(home, [at(now, 5), at(now, 5)])).toEqual({ accepted: 2, rejected: [] });
        expect(await store.write(home, [at(now, 5)])).toEqual({ accepted: 1, rejected: [] });
        expect(await powerOf(home)).toEqual([5]);
      });

      const [first, later, restarted] = [
        { boot: 1, seq: 9 },
        { boot: 1, seq: 10 },
        { boot: 2, seq: 1 },
      ];
      it.each([
        ['a higher seq', first, later],
        ['a restarted gateway', later, restarted],
      ])('with other content is decided by %s, in either order, in one call or two', async (_what, old, young) => {
        const points = [at(now, 100, old), at(now, 200, young)];
        for (const calls of [
          [points],
          [points.toReversed()],
          points.map((point) => [point]),
          points.toReversed().map((point) => [point]),
        ]) {
          const home = aHousehold();
          for (const call of calls)
            expect(await store.write(home, call)).toEqual({ accepted: call.length, rejected: [] });
          expect(await powerOf(home)).toEqual([200]);
        }
      });
    });

    describe('the points of a history', () => {
      it('hold all that the device said of it side by side, in order of time, and nothing of the other history', async () => {
        const home = aHousehold();
        const air = { deviceId: 'air-1', kind: 'environment_sensor' } as const;
        await store.write(home, [
          aPoint({ ...air, ts: now - MINUTE, q: 2, quantities: { co2_ppm: 401 } }),
          aPoint({ ...air, ts: now - SLOT_MS, quantities: { co2_ppm: 400, temperature_cdegc: -250 } }),
          aPoint({ ...air, ts: now - 2 * MINUTE, quantities: { voltage_mv: 3000, current_ma: 10 } }),
          aPoint({ ts: now - MINUTE, quantities: { power_w: 1 } }),
        ]);
        const { quantity: _quantity, ...query } = queryOf(home, air);
        expect(await store.points({ ...query, history: 'environment' })).toEqual([
          { ts: now - SLOT_MS, q: 0, quantities: { co2_ppm: 400, temperature_cdegc: -250 } },
          { ts: now - MINUTE, q: 2, quantities: { co2_ppm: 401 } },
        ]);
        expect(await store.points({ ...query, history: 'electrical' })).toEqual([
          { ts: now - 2 * MINUTE, q: 0, quantities: { voltage_mv: 3000, current_ma: 10 } },
        ]);
        expect(await store.points({ ...query, toMs: now - SLOT_MS, history: 'environment' })).toEqual([]);
      });
    });

    describe('a call', () => {
      it('of 101 points keeps them all: one a second of one device, or one a quarter hour over two days', async () => {
        for (const step of [1000, SLOT_MS]) {
          const home = aHousehold();
          const points = Array.from({ length: 101 }, (_, index) => at(now - index * step, index));
          expect(await store.write(home, points)).toEqual({ accepted: 101, rejected: [] });
          expect(await powerOf(home)).toEqual(points.map((_, index) => index).toReversed());
        }
      });

      it('of no points is nothing', async () => {
        expect(await store.write(aHousehold(), [])).toEqual({ accepted: 0, rejected: [] });
      });

      it('keeps the good points beside a refused one, and says which and why', async () => {
        const home = aHousehold();
        const report = await store.write(home, [
          at(now - MINUTE, 1),
          at(now, 10.5),
          at(now - 2 * MINUTE, 2),
          at(now, Number.NaN),
        ]);
        expect(report.accepted).toBe(2);
        expect(report.rejected.map(({ index }) => index)).toEqual([1, 3]);
        expect(report.rejected[0]?.reason).toMatch(/power_w 10.5 is no whole number/);
        expect(await powerOf(home)).toEqual([2, 1]);
      });

      it('takes a point of a clock that is 10 minutes fast and one that is 29 days late', async () => {
        const home = aHousehold();
        expect(await store.write(home, [at(now + 10 * MINUTE, 2), at(now - 29 * DAY_MS, 1)])).toEqual({
          accepted: 2,
          rejected: [],
        });
        expect(await powerOf(home)).toEqual([1, 2]);
      });

      it('refuses a point from before 1970 and one of the year 275760', async () => {
        const report = await store.write(aHousehold(), [at(-1, 1), at(8_640_000_000_000_000, 2)]);
        expect(report).toMatchObject({ accepted: 0, rejected: [{ index: 0 }, { index: 1 }] });
      });

      it('refuses a point whose order or flags are no whole number in range', async () => {
        const [order, restart, flags] = [{ seq: 1.5 }, { boot: 2 ** 22 }, { q: Number.NaN }];
        const report = await store.write(
          aHousehold(),
          [order, restart, flags].map((over) => at(now, 1, over)),
        );
        expect(report.rejected.map(({ index }) => index)).toEqual([0, 1, 2]);
        expect(report.rejected[0]?.reason).toBe('boot 1, seq 1.5 or q 0 is no whole number in range');
      });

      it('keeps the type of a column when a device writes 10, 10.0, 1e1, 0 and a big register', async () => {
        const home = aHousehold();
        const texts = ['10', '10.0', '1e1', '-0', '999999999999'];
        for (const [index, text] of texts.entries()) {
          const energy_import_wh: number = JSON.parse(text);
          const report = await store.write(home, [
            aPoint({ ts: now - index * MINUTE, quantities: { energy_import_wh } }),
          ]);
          expect(report).toEqual({ accepted: 1, rejected: [] });
        }
        const values = await powerOf(home, { quantity: 'energy_import_wh' });
        expect(values.map((value) => value + 0)).toEqual([999_999_999_999, 0, 10, 10, 10]);
      });

      it('loses nothing when 8 calls bring points of the same device and quarter hour at once', async () => {
        const home = aHousehold();
        const calls = Array.from({ length: 8 }, (_, call) => [at(dayStart('2026-01-05') + call * 1000, call)]);
        await Promise.all(calls.map((points) => store.write(home, points)));
        expect(await powerOf(home)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      });
    });

    describe('erasing a household', () => {
      it('forgets it and nobody else, or says until when rows remain', async () => {
        const [home, neighbour] = [aHousehold(), aHousehold()];
        const points = [
          at(now, 1),
          at(now - 3 * DAY_MS, 1),
          aPoint({ ts: now, deviceId: 'air-1', kind: 'environment_sensor', quantities: { co2_ppm: 400 } }),
        ];
        await store.write(home, points);
        await store.write(neighbour, points);
        const { erased, remainsUntil = 0 } = await store.erase(home);
        const air = { deviceId: 'air-1', kind: 'environment_sensor', quantity: 'co2_ppm' } as const;
        const left = [...(await powerOf(home)), ...(await powerOf(home, air))];
        expect(erased ? left.length === 0 : remainsUntil > now).toBe(true);
        expect(await store.erase(home)).toMatchObject({ erased });
        expect(await powerOf(neighbour)).toEqual([1, 1]);
      });
    });
  });
};
