import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Point } from '@hems/models/reading/point';
import { lambdaContext } from '../local/lambda-context.ts';
import { aBatch, aReading, aRuleEvent, aWorld, NOON } from '../testing/world.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

const point: Point = {
  deviceId: 'meter-1',
  kind: 'smart_meter',
  ts: NOON - 60_000,
  boot: 1,
  seq: 1,
  q: 0,
  quantities: { power_w: 400, energy_import_wh: 1000 },
};

/** How many points the function wrote to Timestream itself. */
const writtenUnder = async (mode: string, channel: 'reading' | 'batch'): Promise<number> => {
  vi.stubEnv('TELEMETRY_STORE', 'timestream');
  vi.stubEnv('INGEST_MODE', mode);
  const [ports, { handler }, world] = [
    await import('../runtime/ports.ts'),
    await import('./ingest.ts'),
    await aWorld(),
  ];
  let written = 0;
  ports.table.use(world.table);
  ports.telemetry.use({
    ...world.telemetry,
    write: async (household, points) => {
      written += points.length;
      return await world.telemetry.write(household, points);
    },
  });
  ports.directory.use(world.deps.directory);
  ports.clock.use(world.clock);
  ports.bus.use(world.bus);
  const message = channel === 'reading' ? aReading(point) : aBatch([point]);
  await handler(aRuleEvent(channel, message), lambdaContext('ingest', 30_000));
  await world.database.close();
  return written;
};

describe('the raw history in Timestream', () => {
  it.each([
    ['direct', 'reading', 0],
    ['direct', 'batch', 1],
    ['stream', 'reading', 1],
    ['stream', 'batch', 1],
    // rules write it too, from the moment on at which they exist
    ['drain', 'reading', 1],
  ] as const)('under %s gets a %s from the function %i times', async (mode, channel, times) => {
    expect(await writtenUnder(mode, channel)).toBe(times);
  });
});
