import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readReplayFolder } from './replay-folder.ts';
import { largestKwh, replayName, replayOrigin } from './replay-household.ts';

const HEAD =
  'home,source,country,tz,clock,start,end,hours,missing_pct,zero_pct,mean_kwh,max_kwh,month_kwh,cols,bytes,note';
const homeRow = (home: string, tz: string, clock: string): string =>
  `${home},lcl,United Kingdom (London),${tz},${clock},,,,,,,,730,load_kwh,1,"a remark, with a comma"`;
/** 72 hours of 1 kWh, PV of half that. */
const csv = [
  'ts,load_kwh,pv_kwh',
  ...Array.from(
    { length: 72 },
    (_, hour) =>
      `2013-06-${String(1 + Math.floor(hour / 24)).padStart(2, '0')}T${String(hour % 24).padStart(2, '0')}:00,1.0,0.5`,
  ),
].join('\n');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-replay-'));
  const rows = [
    homeRow('kent', 'Europe/London', 'UTC'),
    homeRow('fontana12', 'Europe/London', 'wall'),
    homeRow('fontana06', 'Europe/London', 'wall'),
    homeRow('broken', 'Europe/London', 'sundial'),
  ];
  await writeFile(join(folder, 'HOMES.csv'), [HEAD, ...rows].join('\n'));
  for (const home of ['kent', 'fontana06', 'broken']) await writeFile(join(folder, `${home}.csv.gz`), gzipSync(csv));
});
afterAll(async () => await rm(folder, { recursive: true }));

describe('a folder of recorded homes', () => {
  test('is read on the wall clock of the time zone: in British summer a UTC file begins at one', async () => {
    const [kent] = await readReplayFolder(folder, ['kent']);
    expect(kent!.recorded.firstDate).toBe('2013-06-02');
    expect(kent!.recorded.days.get('2013-06-03')![0]).toEqual({ loadKwh: 1, pvKwh: 0.5 });
  });

  test('without names gives the ordinary households only; an unusual one has to be named', async () => {
    await expect(readReplayFolder(folder, undefined)).rejects.toThrow('broken.csv.gz: clock "sundial" is not known');
    const [drifting] = await readReplayFolder(folder, ['fontana06']);
    expect(drifting!.home).toBe('fontana06');
  });

  test('never replays fontana12, which mirrors its PV', async () => {
    await expect(readReplayFolder(folder, ['fontana12'])).rejects.toThrow(
      'fontana12 is not replayed: its load channel mirrors its PV',
    );
  });

  test('says which homes there are when another is named, and what it needs when it is no such folder', async () => {
    await expect(readReplayFolder(folder, ['atlantis'])).rejects.toThrow(
      'atlantis is not in HOMES.csv; there are kent',
    );
    await expect(readReplayFolder(join(folder, 'none'), ['kent'])).rejects.toThrow('the folder needs HOMES.csv');
  });
});

describe('the origin of a replayed household', () => {
  test('at scale 1 leaves the values alone and says that the dates are shifted', async () => {
    const [kent] = await readReplayFolder(folder, ['kent']);
    const origin = replayOrigin(kent!, { today: '2026-11-22', scale: 1 });
    expect(origin).toMatchObject({ home: 'kent', set: 'lcl', country: 'United Kingdom', scale: 1, pvScale: 1 });
    expect(origin.credit).toMatch(/UK Power Networks.* Dates shifted\.$/);
    expect(origin.shiftDays % 7).toBe(0);
    expect(replayName(origin)).toBe('데모 · 영국 kent (Demo, replayed from a real home, United Kingdom)');
  });

  test('scaled by itself becomes a Korean household of 365 kWh a month with a roof of 315', async () => {
    const [kent] = await readReplayFolder(folder, ['kent']);
    const origin = replayOrigin(kent!, { today: '2026-11-22', scale: 'auto' });
    expect(origin.scale).toBe(0.5);
    expect(origin.pvScale).toBeCloseTo(315 / (0.5 * 730.5), 2);
    expect(origin.credit).toMatch(/values scaled\.$/);
    expect(largestKwh(kent!, origin)).toBe(0.5);
  });

  test('is scaled no further than is plausible', async () => {
    const [kent] = await readReplayFolder(folder, ['kent']);
    expect(replayOrigin({ ...kent!, month_kwh: 103 }, { today: '2026-11-22', scale: 'auto' }).scale).toBe(1.4);
    expect(replayOrigin({ ...kent!, month_kwh: 5000 }, { today: '2026-11-22', scale: 'auto' }).scale).toBe(0.3);
  });
});
