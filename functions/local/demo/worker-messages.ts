import type { LocalDate } from '@hems/models/calendar/seoul';
import type { Home } from '@hems/models/testing/home';
import type { HomeDay } from '@hems/models/testing/home-days';
import type { Replay } from '@hems/models/testing/replay-home';
import type { GatewayAddress } from '@hems/shared/events/topics';
import type { Credentials } from './credentials.ts';
import type { BrokerUrl } from './mqtt-session.ts';
import type { Speed } from './race.ts';

export type HomeSpec = (
  | {
      readonly type: 'simulated';
      readonly home: Home;
      /** how it lived before a date */
      readonly before?: { readonly home: Home; readonly until: LocalDate };
    }
  | { readonly type: 'replayed'; readonly replay: Replay }
) & {
  /** the time of which days are handed over with their hours, to exclusive */
  readonly totals: readonly [from: LocalDate, to: LocalDate];
};

/** A gateway and the home behind it. */
export type GatewaySpec = HomeSpec & {
  readonly address: GatewayAddress;
  readonly credentials: Credentials;
  readonly memoryPath: string;
  /** where the home begins at its first start */
  readonly beginMs: number;
};

/** What the devices' thread works on. */
export type Work = {
  readonly broker: BrokerUrl;
  readonly gateways: readonly GatewaySpec[];
  /** host clock − system clock, ms, at the start */
  readonly aheadMs: number;
  /** simulated time runs from here to the present */
  readonly replay?: { readonly startMs: number; readonly speed: Speed };
};

/** From the host to its devices. `done` answers the request of the same number. */
export type ToWorker =
  | { readonly start: Work }
  | { readonly done: number }
  | { readonly silence: string }
  | { readonly pass: number }
  | { readonly stop: true };

/** What the devices ask of their host: time, and a place for daily totals. */
export type Request =
  | { readonly advanceTo: number }
  | { readonly totals: readonly HomeDay[]; readonly gateway: string };

/** From the devices to their host. */
export type FromWorker =
  | { readonly say: string }
  | { readonly request: Request; readonly number: number }
  /** simulated time has caught up: the clock runs with the system's from here on */
  | { readonly present: true }
  /** everything of the past has been sent */
  | { readonly ready: true };
