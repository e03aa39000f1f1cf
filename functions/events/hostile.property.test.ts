import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type * as mini from 'zod/mini';
import { commandResult } from '@hems/shared/events/commands';
import { healthMessage } from '@hems/shared/events/health';
import type { RuleEvent } from '@hems/shared/events/rules';
import { batchMessage, readingMessage } from '@hems/shared/events/telemetry';
import { jsonSchemaOf } from '../local/docs/json-schema.ts';
import { lambdaContext } from '../local/lambda-context.ts';
import { log } from '../runtime/log.ts';
import { hostileText, sentTo } from '../testing/arbitrary.ts';
import { useWorld } from '../testing/ingest-modes.ts';
import { keptRows } from '../testing/kept-rows.ts';
import { aRuleEvent, aWorld, type World } from '../testing/world.ts';
import { putDevice, putProfile } from '../use-cases/stores/households.ts';
import { handler as takeResult } from './command-result.ts';
import { handler as takeHealth } from './health.ts';
import { handler as ingest } from './ingest.ts';

const THEIRS = 'h-theirs';

let world: World;
let rows: ReturnType<typeof keptRows>;
let theirs: unknown;
beforeAll(async () => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockImplementation(() => undefined);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  world = await aWorld();
  useWorld(world);
  await putProfile(world.table, { householdId: THEIRS, telemetryId: 't-theirs', buildingType: 'villa' });
  const meter = { deviceId: 'meter-1', kind: 'smart_meter', name: 'meter', gateway: 'g-2', status: 'active' } as const;
  await putDevice(world.table, THEIRS, meter);
  rows = keptRows(world);
  theirs = rows.of(THEIRS);
});
afterAll(() => void vi.restoreAllMocks());

type Taker = (event: RuleEvent | RuleEvent[], context: ReturnType<typeof lambdaContext>) => Promise<unknown>;
const CHANNELS: readonly (readonly [RuleEvent['channel'], mini.ZodMiniType, Taker])[] = [
  ['reading', readingMessage, ingest],
  ['batch', batchMessage, ingest],
  ['health', healthMessage, takeHealth],
  ['cmd/result', commandResult, takeResult],
];

/** Right, nearly right, hostile, cut off, or no text at all. */
const payloadsOf = (schema: mini.ZodMiniType): fc.Arbitrary<string> => {
  const messages = sentTo(jsonSchemaOf(schema, 'input')).map((value) => JSON.stringify(value) ?? 'null');
  const bytes = fc.uint8Array({ maxLength: 300 });
  return fc.oneof(
    { weight: 6, arbitrary: messages.map((text) => Buffer.from(text).toString('base64')) },
    { weight: 1, arbitrary: messages.map((text) => Buffer.from(text.slice(0, text.length / 2)).toString('base64')) },
    { weight: 1, arbitrary: hostileText.map((text) => Buffer.from(text).toString('base64')) },
    { weight: 1, arbitrary: bytes.map((some) => Buffer.from(some).toString('base64')) },
  );
};

describe.each(CHANNELS)('a message on %s', (channel, schema, take) => {
  test('is taken or set aside, whatever is in it: none stops those after it, or reaches another home', async () => {
    await fc.assert(
      fc.asyncProperty(payloadsOf(schema), async (payload) => {
        const before = rows.changes();
        await take(aRuleEvent(channel, '', { payload }), lambdaContext('ingest', 30_000));
        expect(Object.keys(Object.prototype)).toEqual([]);
        if (rows.changes() === before) return;
        const after = rows.of(THEIRS);
        rows.restore();
        expect(after).toEqual(theirs);
      }),
    );
  });
});
