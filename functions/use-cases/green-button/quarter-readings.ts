import { createHash } from 'node:crypto';
import type { Series, WrittenReading } from '@hems/models/green-button/feed-writer';
import type { HouseholdQuarter } from '@hems/models/usage/balance';

/** What the quarter hours of a home are told as. */
export const QUARTERS = {
  import: { number: 1, flow: 'import', seconds: 900 },
  export: { number: 2, flow: 'export', seconds: 900 },
} as const satisfies Readonly<Record<Series['flow'], Series>>;

export const FIELD = { import: 'importWh', export: 'exportWh' } as const;

/** Those that are known: of one that is not there is no reading. */
export const quarterReadings = (quarters: readonly HouseholdQuarter[], flow: Series['flow']): WrittenReading[] =>
  quarters.flatMap(({ startMs, quality, [FIELD[flow]]: wh }) =>
    wh === undefined ? [] : [{ startS: startMs / 1000, wh, estimated: quality !== 'good' }],
  );

export const isSome = (readings: WrittenReading[]): readings is [WrittenReading, ...WrittenReading[]] =>
  readings.length > 0;

/** A UUID by name (RFC 9562, version 5 by its form) that says the same of the same feed each time. */
export const uuidOf =
  (of: string) =>
  (name: string): string => {
    const hex = createHash('sha256').update(`${of} ${name}`).digest('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `5${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  };
