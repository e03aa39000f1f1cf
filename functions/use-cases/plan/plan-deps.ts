import type { Columns } from '@hems/models/plan/solve';
import type { Forecast } from '@hems/shared/api/forecast';
import type { Pause } from '../../ports/pause.ts';
import type { TelemetryStore } from '../../ports/telemetry-store.ts';
import type { OrderDeps } from '../send-order.ts';

export type PlanDeps = OrderDeps & {
  readonly pause: Pause;
  readonly telemetry: Pick<TelemetryStore, 'series'>;
  /** the forecast of this hour; undefined without consent */
  readonly forecastOf: (householdId: string) => Promise<Pick<Forecast, 'hours' | 'solar'> | undefined>;
  /** solves mixed-integer programmes; without it what is on or off is set where it is cheapest by itself */
  readonly solveMixed?: (text: string) => Columns | undefined;
};
