import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { forecastHome } from './forecast.ts';
import { readModelFile } from './model-file.ts';
import { aHome } from './testing/homes.ts';

/** Trained on the 22 public households; docs/reports/forecast.md says how it was made. */
const text = readFileSync(new URL('shipped-model.json', import.meta.url), 'utf8');
const models = readModelFile(JSON.parse(text));

describe('the model that ships', () => {
  test('is small enough for a Lambda, and names and credits what it was trained on', () => {
    expect(text.length).toBeLessThan(600_000);
    expect(models.provenance.homes).toBe(22);
    expect(models.provenance.sources).toHaveLength(6);
    for (const source of models.provenance.sources) expect(source).toMatch(/MIT|CC BY|Apache-2\.0/);
  });

  test('was better than the 7-day mean and climatology on weeks that it had not seen', () => {
    const { mase, sevenDayMase, wql, climatologyWql } = models.provenance.metrics;
    expect(mase).toBeLessThan(sevenDayMase!);
    expect(wql).toBeLessThan(climatologyWql!);
  });

  test('has an answer for a home it has never seen', () => {
    const request = {
      id: 'new',
      firstDate: '2026-06-01',
      wh: [...aHome('new', 60).wh],
      issuedAt: '2026-07-31T00:05:00+09:00',
    };
    const { hours, status, modelVersion } = forecastHome(models, request);
    expect([status, modelVersion]).toEqual(['ready', models.provenance.modelVersion]);
    expect(hours[19]!.p50Wh).toBeGreaterThan(hours[3]!.p50Wh);
  });
});
