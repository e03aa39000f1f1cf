import { expect, test } from 'vitest';
import { growthChart } from './growth-chart.ts';

const homes = (households: number, cpuSeconds: number) => ({
  households,
  seconds: cpuSeconds * 2,
  cpuSeconds,
  peakMb: 400,
  ingest: { seconds: 1, cpuSeconds: households / 2000 },
  storedBytes: households * 160_000,
});

const chart = growthChart({
  measured: [homes(1000, 50), homes(10_000, 500)],
  costs: [
    { homes: 1000, readingUsd: 150, batchUsd: 30 },
    { homes: 100_000, readingUsd: 15_000, batchUsd: 4000 },
  ],
  notRun: [],
  date: '2026-11-23',
});

test('the chart of growth has a point for each size and figure, and each says what it shows', () => {
  const told = [...chart.matchAll(/<title>([^<]+)<\/title>/g)].map(([, title]) => title);
  expect(told).toContain('processor: 10k homes, 500 s');
  expect(told).toContain('store: 1k homes, 0.16 GB');
  expect(told).toContain('a message each minute: 100k homes, 15k $');
  expect([...chart.matchAll(/<circle/g)]).toHaveLength(2 + 2 + 2 + 2 + 4);
});

test('what grows ten times with ten times the homes moves one line of the grid in both directions', () => {
  const lines = [...chart.matchAll(/<line class="grid" x1="[\d.]+" x2="[\d.]+" y1="([\d.]+)"/g)].map(([, y]) =>
    Number(y),
  );
  const [low = 0, high = 0] = [...chart.matchAll(/<circle class="s0" cx="[\d.]+" cy="([\d.]+)"/g)].map(([, y]) =>
    Number(y),
  );
  expect(low - high).toBeCloseTo((lines[0] ?? 0) - (lines[1] ?? 0), 0);
});
