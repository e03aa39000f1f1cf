import type { DeviceKind } from '@hems/models/device/kinds';
import type { Point } from '@hems/models/reading/point';
import type { Quantities, Quantity } from '@hems/models/reading/quantities';
import type { History } from '@hems/models/reading/retention';

export type SeriesQuery = {
  /** the household's telemetry id */
  readonly household: string;
  readonly deviceId: string;
  readonly kind: DeviceKind;
  readonly quantity: Quantity;
  /** from inclusive, to exclusive, epoch ms */
  readonly fromMs: number;
  readonly toMs: number;
};
export type Sample = { readonly ts: number; readonly value: number; readonly q: number };

export type PointsQuery = Omit<SeriesQuery, 'quantity'> & { readonly history: History };
/** What a device said at one moment, of one history: it has flags of its own in each. */
export type StoredPoint = { readonly ts: number; readonly q: number; readonly quantities: Quantities };

export type Rejected = { readonly index: number; readonly reason: string };
export type WriteReport = {
  /** stored, already there, or superseded by a newer value */
  readonly accepted: number;
  /** points that the store refuses for good; a retry would not help */
  readonly rejected: Rejected[];
};

/** The raw history of points, kept 365 days (environment 90). One point is known by (household, device, kind, ts); the higher (boot, seq) wins. */
export type TelemetryStore = {
  /** `household` is the telemetry id. Throws when nothing can be said of the outcome; a repeat is harmless. */
  write(household: string, points: readonly Point[]): Promise<WriteReport>;
  /** ascending; impossible values are left out, whoever wrote them */
  series(query: SeriesQuery): Promise<Sample[]>;
  /** the same of all quantities of one history by one reading: who takes everything out would else read each block for each of them */
  points(query: PointsQuery): Promise<StoredPoint[]>;
  /** forgets the household, or says that it cannot and until when rows remain */
  erase(household: string): Promise<{ readonly erased: boolean; readonly remainsUntil?: number }>;
};
