import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEVICE_KINDS } from '@hems/models/device/kinds';
import { QUANTITIES, QUANTITY_NAMES } from '@hems/models/reading/quantities';
import { batchPoint, readingMessage } from '@hems/shared/events/telemetry';
import { readBatchPoint, readReading } from './read-point.ts';

/** Values at, beside and far from every bound, and of every other JSON type. */
const bounds = Object.values(QUANTITIES).flatMap(({ min, max }) => [min, max, min - 1, max + 1]);
const odd = fc.oneof(
  fc.constantFrom(...bounds, 0.5, -0, 2 ** 53, 1e300, -1, 127, 128, 2 ** 20, 2 ** 20 - 1, 2 ** 32, 2 ** 32 - 1),
  fc.jsonValue(),
);
const often = <T>(good: fc.Arbitrary<T>): fc.Arbitrary<T | fc.JsonValue> =>
  fc.oneof({ weight: 12, arbitrary: good }, odd);
const small = often(fc.nat({ max: 100 }));

const candidate = fc
  .tuple(
    fc.record(
      {
        v: often(fc.constant(1)),
        boot: small,
        device_id: often(fc.constantFrom('meter-1', 'a b', '', 'x'.repeat(65), '계량기')),
        kind: often(fc.constantFrom(...DEVICE_KINDS)),
        ts: often(fc.constantFrom(0, 1_795_316_400_000)),
        seq: small,
        q: small,
      },
      { requiredKeys: ['device_id', 'kind', 'ts', 'seq', 'q'] },
    ),
    fc.dictionary(fc.constantFrom(...QUANTITY_NAMES), small, { maxKeys: 4 }),
    fc.dictionary(fc.constantFrom('extra', '__proto__', 'constructor', 'toString', ''), odd, { maxKeys: 1 }),
    fc.constantFrom('none', 'drop', 'extra'),
  )
  .map(([envelope, quantities, extra, how]) => {
    const entries = Object.entries({ ...envelope, ...quantities });
    const kept = how === 'drop' ? entries.slice(1) : entries;
    // Through JSON, as a message comes, so that `__proto__` is a key like any other.
    const text = `{${[...kept, ...(how === 'extra' ? Object.entries(extra) : [])].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
    return JSON.parse(text) as unknown;
  });

test('a reading is taken exactly when the published schema takes it, and says the same', () => {
  fc.assert(
    fc.property(fc.oneof(candidate, fc.jsonValue()), (message) => {
      const schema = readingMessage.safeParse(message);
      const point = readReading(message);
      expect(point !== undefined).toBe(schema.success);
      if (schema.data && point) {
        const { v: _v, boot, device_id: deviceId, kind, ts, seq, q, ...quantities } = schema.data;
        expect(point).toEqual({ deviceId, kind, ts, boot, seq, q, quantities });
      }
    }),
    { numRuns: 2000 },
  );
});

test('a point of a batch is taken exactly when the published schema takes it', () => {
  fc.assert(
    fc.property(fc.oneof(candidate, fc.jsonValue()), (message) => {
      expect(readBatchPoint(message, 7) !== undefined).toBe(batchPoint.safeParse(message).success);
    }),
    { numRuns: 2000 },
  );
});
