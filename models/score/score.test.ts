import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreOf, type NoScore, type Score, type ScoreRequest } from './score.ts';

const PEERS = { medianWh: 300_000, homes: 30 };
const request = (wh: number, over: Partial<ScoreRequest> = {}): ScoreRequest => ({
  date: '2026-10-31',
  days: 31,
  use: { wh, quality: 'good' },
  areaM2: 85,
  weather: { actualWh: 280_000, normalWh: 280_000 },
  peers: PEERS,
  ...over,
});
const scored = (one: ScoreRequest): Score => {
  const answer = scoreOf(one);
  if (answer.status === 'refused') throw new Error(answer.detail);
  return answer;
};
const lineOf = (score: Score, name: string) => score.lines.find(({ line }) => line === name);

describe('the efficiency score against 30 comparable homes', () => {
  test.each([
    [0.5, 100, 'A+'],
    [0.6, 100, 'A+'],
    [0.7, 95, 'A+'],
    [0.71, 95, 'A+'],
    [0.72, 94, 'A'],
    [0.8, 90, 'A'],
    [1, 80, 'B'],
    [1.2, 70, 'C'],
    [1.4, 60, 'D'],
    [1.5, 55, 'E'],
    [3, 0, 'E'],
  ])('a home that uses %s of the median scores %i, grade %s', (ratio, score, grade) => {
    expect(scored(request(ratio * 300_000))).toMatchObject({ score, grade, official: false, remarks: [] });
  });

  test('never rises with use', () => {
    const wh = fc.integer({ min: 0, max: 2_000_000 });
    fc.assert(
      fc.property(wh, wh, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(scored(request(less)).score).toBeGreaterThanOrEqual(scored(request(more)).score);
      }),
    );
  });
});

describe('each step is told', () => {
  test('a hot month and a large home are taken out of the use, and the lines add up to the comparable use', () => {
    const score = scored(request(340_500, { areaM2: 149, weather: { actualWh: 300_000, normalWh: 270_000 } }));
    expect(score.lines).toEqual([
      { line: 'use', wh: 340_500, days: 31 },
      { line: 'normal-weather', changedByWh: -34_050 },
      { line: 'normal-size', areaM2: 149, asM2: 85, changedByWh: -53_100 },
      { line: 'comparable-use', wh: 253_350 },
      { line: 'peer-median', wh: 300_000, homes: 30 },
      { line: 'ratio', permille: 845 },
      { line: 'score', score: 88, grade: 'B' },
    ]);
    expect(score.rows).toEqual(['score/own-convention/2026-01-01', 'use-by-area/2023-01-01']);
  });

  test('between two rows of the table the size lies on a straight line, beyond them it does not grow', () => {
    const changed = (areaM2: number) => lineOf(scored(request(268_150, { areaM2 })), 'normal-size');
    // 72 m²: half way from 254.8 to 281.5 kWh
    expect(changed(72)).toMatchObject({ changedByWh: 281_500 - 268_150 });
    expect(changed(400)).toEqual({ ...changed(149)!, areaM2: 400 });
    expect(changed(10)).toEqual({ ...changed(28)!, areaM2: 10 });
  });

  test('without weather and size it says that they were not considered', () => {
    const { date, days, use } = request(300_000);
    const score = scored({ date, days, use, peers: PEERS });
    expect(score.remarks).toEqual(['weather-not-considered', 'size-not-considered']);
    expect(score).toMatchObject({ score: 80, provisional: [] });
  });

  test('29 peers are too few: the published table takes their place, with its doubt and its blindness to seasons', () => {
    const score = scored(request(286_899, { peers: { medianWh: 1, homes: 29 } }));
    // 281.5 kWh × 12 × 31 / 365
    expect(lineOf(score, 'table-median')).toEqual({ line: 'table-median', wh: 286_899, peers: 29, neededPeers: 30 });
    expect(score).toMatchObject({ score: 80, remarks: ['table-knows-no-seasons'], provisional: [{ code: 'O13' }] });
    expect(scored(request(3_378_000, { days: 365, peers: { medianWh: 1, homes: 29 } })).remarks).toEqual([]);
  });

  test('an estimated use gives an estimated score', () => {
    expect(scored(request(1, { use: { wh: 1, quality: 'estimated' } })).quality).toBe('estimated');
  });
});

test.each<[string, Partial<ScoreRequest>, NoScore['code']]>([
  ['a use that is not known', { use: undefined }, 'missing-use'],
  ['bad readings', { use: { wh: 100, quality: 'bad' } }, 'missing-use'],
  ['a period without days', { days: 0 }, 'bad-input'],
  ['no floor', { areaM2: 0 }, 'bad-input'],
  ['peers that use nothing', { peers: { medianWh: 0, homes: 40 } }, 'bad-input'],
  ['a weather model that expects nothing', { weather: { actualWh: 0, normalWh: 1 } }, 'bad-input'],
  ['a date before the rules', { date: '2025-12-31' }, 'no-row'],
])('%s gives no score, and a reason', (_, over, code) => {
  expect(scoreOf(request(300_000, over))).toMatchObject({ status: 'refused', code });
});
