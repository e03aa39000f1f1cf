import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dayStart } from '@hems/models/calendar/seoul';
import type { MonthItem } from '@hems/models/day/month-value';
import { readAggregates } from '@hems/shared/partner-api/aggregates';
import { log } from '../runtime/log.ts';
import { agree } from '../testing/agree.ts';
import { anOfficeWorld, OTHER, UTILITY, type OfficeWorld } from '../testing/office-world.ts';
import { callPartner, enterPartner } from '../testing/partner-call.ts';
import { monthToPublish, publishAggregates } from '../use-cases/government/publish-aggregates.ts';
import { putProfile } from '../use-cases/stores/households.ts';
import { monthPut } from '../use-cases/stores/months.ts';
import { handler } from './aggregates.ts';

vi.spyOn(log, 'warn').mockImplementation(() => undefined);

const OCTOBER = '2026-10';
let world: OfficeWorld;
beforeEach(async () => {
  world = await anOfficeWorld();
  world.clock.set(dayStart('2026-12-01'));
});
afterEach(() => world.close());

const aMonth = (month: string, importWh: number | undefined, over: Partial<MonthItem> = {}): MonthItem =>
  ({
    month,
    to: '2026-10-31',
    importWh,
    exportWh: 0,
    solarWh: undefined,
    toBatteryWh: undefined,
    fromBatteryWh: undefined,
    loadWh: undefined,
    quality: 'good',
    missingSlots: 0,
    missingImportSlots: 0,
    knownDays: 31,
    missingDays: 0,
    costWon: 50_000,
    savedWon: 1000,
    ...over,
  }) as MonthItem;

type Homes = {
  readonly count: number;
  readonly region: string;
  readonly useWh?: number;
  readonly over?: Partial<MonthItem>;
};
const addHomes = async ({ count, region, useWh = 300_000, over }: Homes, agrees = true): Promise<void> => {
  for (let n = 0; n < count; n += 1) {
    const householdId = `${region.replaceAll(/[^가-힣]/g, '')}-${n}-${useWh}-${agrees}`;
    await putProfile(world.table, { householdId, telemetryId: `t-${householdId}`, buildingType: 'apartment', region });
    if (agrees) await agree(world.table, householdId, 'government');
    await world.table.put(monthPut(householdId, { month: aMonth(OCTOBER, useWh, over), version: 0 }));
  }
};
const publish = () => publishAggregates(world);
const read = (as = UTILITY, month = OCTOBER) => callPartner(handler, readAggregates, { as, params: { month } });
const provinceIn = async (name: string) => (await read()).body.provinces.find(({ province }) => province === name);

test('a month is published when late readings change it no more: 30 days after its end', () => {
  expect(monthToPublish('2026-12-01')).toBe('2026-10');
  expect(monthToPublish('2026-11-30')).toBe('2026-09');
  expect(monthToPublish('2027-01-31')).toBe('2026-12');
});

describe('what is published of regions', () => {
  test('counts the homes that agree and whose month is whole, by district and province', async () => {
    await addHomes({ count: 25, region: '서울 마포구' });
    await addHomes({ count: 30, region: '서울 은평구', useWh: 200_000 });
    await addHomes({ count: 20, region: '서울 은평구', useWh: 999_999 }, false);
    await addHomes({ count: 20, region: '서울 은평구', useWh: 888_888, over: { missingDays: 1 } });
    expect(await publish()).toEqual({ month: OCTOBER, published: true });
    expect(await provinceIn('seoul')).toEqual({
      province: 'seoul',
      total: { shown: true, homes: 55, useWh: 13_500_000, useStepWh: 500_000, saved: { won: 60_000, stepWon: 10_000 } },
      districts: {
        '서울 마포구': {
          shown: true,
          homes: 25,
          useWh: 7_500_000,
          useStepWh: 500_000,
          saved: { won: 30_000, stepWon: 10_000 },
        },
        '서울 은평구': {
          shown: true,
          homes: 30,
          useWh: 6_000_000,
          useStepWh: 500_000,
          saved: { won: 30_000, stepWon: 10_000 },
        },
      },
    });
    expect((await provinceIn('busan'))?.total).toEqual({ shown: false });
  });

  test('is published once: who joins, leaves or withdraws afterwards changes no figure', async () => {
    await addHomes({ count: 25, region: '서울 마포구' });
    await publish();
    const before = (await read()).body;
    await addHomes({ count: 30, region: '서울 마포구', useWh: 400_000 });
    expect(await publish()).toEqual({ month: OCTOBER, published: false });
    expect((await read()).body).toEqual(before);
  });

  test('by two runs at once is published once', async () => {
    await addHomes({ count: 25, region: '서울 마포구' });
    const both = await Promise.all([publish(), publish()]);
    expect(both.map(({ published }) => published).toSorted()).toEqual([false, true]);
  });

  test('hides a small district, and with it the one that would tell it', async () => {
    await addHomes({ count: 3, region: '서울 중구' });
    await addHomes({ count: 25, region: '서울 마포구' });
    await addHomes({ count: 30, region: '서울 은평구' });
    await publish();
    const seoul = await provinceIn('seoul');
    expect(seoul?.total.shown).toBe(true);
    expect(seoul?.districts['서울 중구']).toEqual({ shown: false });
    expect(seoul?.districts['서울 마포구']).toEqual({ shown: false });
    expect(seoul?.districts['서울 은평구']?.shown).toBe(true);
  });

  test('hides a district in which one home is most of the use', async () => {
    await addHomes({ count: 25, region: '서울 마포구' });
    await addHomes({ count: 1, region: '서울 마포구', useWh: 9_000_000 });
    await publish();
    expect(await provinceIn('seoul')).toMatchObject({
      total: { shown: false },
      districts: { '서울 마포구': { shown: false } },
    });
  });
});

describe('an office', () => {
  test('sees the provinces that it was entered for', async () => {
    await publish();
    expect((await read()).body.provinces).toHaveLength(17);
    await enterPartner(world.table, { partnerId: UTILITY, scopes: ['aggregates:read'], regions: ['제주'] });
    expect((await read()).body.provinces.map(({ province }) => province)).toEqual(['jeju']);
  });

  test('is told nothing of a month that is not published, and nothing without the scope', async () => {
    expect(await read(UTILITY, '2026-11')).toMatchObject({ status: 404, body: { code: 'not-published' } });
    expect((await read(UTILITY, '2026-13')).status).toBe(400);
    await enterPartner(world.table, { partnerId: OTHER, scopes: ['savings:read'] });
    expect(await read(OTHER)).toMatchObject({ status: 403, body: { code: 'no-scope' } });
  });
});
