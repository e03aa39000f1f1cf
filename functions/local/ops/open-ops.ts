import type { Database } from '../../adapters/embedded/database.ts';
import { allQueues } from '../../adapters/embedded/queue.ts';
import type { Clock } from '../../ports/clock.ts';
import type { About, Measured } from '../../runtime/measured.ts';
import type { Answered } from '../http/front-door.ts';
import { opsRoutes } from './door.ts';
import { MINUTE_MS } from './figures.ts';
import { metricStore } from './metric-store.ts';
import { recorder, type Recorder } from './recorder.ts';

/** A minute that is over is written this long after its end at most. */
const LOOK_MS = 5000;

/** Messages so far that the broker could neither hand on nor set aside. */
type BrokerCount = { readonly unsaid: () => number };
export type OpsPlace = {
  readonly database: Database;
  readonly clock: Clock;
  readonly say: (line: string) => void;
};
export type Ops = {
  /** where the figures of an invocation go */
  readonly sink: (measured: readonly Measured[], about: About) => void;
  /** a request that the front door has answered */
  readonly answered: (answer: Answered) => void;
  readonly dailyRunEnded: (ms: number) => void;
  /** from now on the broker's own count is looked at */
  watch(broker: BrokerCount): void;
  readonly routes: ReturnType<typeof opsRoutes>;
  /** keeps what has been measured so far, also of the minute under way */
  keep(): Promise<void>;
  stop(): Promise<void>;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

type Record = Recorder['record'];

const countAnswer = (record: Record, { door, status, ms }: Answered): void => {
  const isOurs = status >= 500 ? 1 : 0;
  if (door === 'partner') {
    record('PartnerRequests', 1);
    record('PartnerServerErrors', isOurs);
    return;
  }
  record('ApiRequests', 1);
  record('ApiClientErrors', status >= 400 && isOurs === 0 ? 1 : 0);
  record('ApiServerErrors', isOurs);
  record('ApiLatencyMs', ms);
};

/** What nobody tells by itself: looked at once a minute. */
const looksAround = (database: Database, record: Record) => {
  let broker: BrokerCount | undefined;
  let before = 0;
  return {
    watch: (one: BrokerCount): void => {
      broker = one;
    },
    look: (): void => {
      const dead = allQueues(database).reduce((sum, queue) => sum + queue.dead, 0);
      record('DeadLetters', dead);
      if (!broker) return;
      const unsaid = broker.unsaid();
      record('RuleFailures', unsaid - before);
      before = unsaid;
    },
  };
};

/** What CloudWatch would count, counted here, and the page that shows it. Nothing of it is written while somebody waits: once a minute, beside everything else. */
export const openOps = ({ database, clock, say }: OpsPlace): Ops => {
  const store = metricStore(database);
  const { record, take, giveBack } = recorder(clock);
  const around = looksAround(database, record);

  const write = async (all?: 'all'): Promise<void> => {
    const minutes = take(all);
    try {
      await store.keep(minutes, clock.now());
    } catch (error) {
      giveBack(minutes);
      say(`figures of the host could not be kept: ${messageOf(error)}; they are kept later`);
    }
  };
  const pass = async (): Promise<void> => {
    try {
      await write();
      around.look();
    } catch (error) {
      say(`the host could not be looked at: ${messageOf(error)}`);
    }
  };
  let working = Promise.resolve();
  let lookedAt = 0;
  const tick = (): void => {
    const minute = Math.floor(clock.now() / MINUTE_MS);
    if (minute === lookedAt) return;
    lookedAt = minute;
    working = working.then(pass);
  };
  tick();
  const timer = setInterval(tick, LOOK_MS);
  timer.unref();

  return {
    sink: (measured, { threw }) => {
      for (const { metric, value, of } of measured) record(metric, value, of);
      record('FunctionErrors', threw ? 1 : 0);
    },
    answered: (answer) => countAnswer(record, answer),
    watch: (broker) => {
      around.watch(broker);
      working = working.then(pass);
    },
    dailyRunEnded: (ms) => record('DailyRunMs', ms),
    routes: opsRoutes({ store, clock }),
    keep: async () => await write('all'),
    stop: async () => {
      clearInterval(timer);
      await working;
      await write('all');
    },
  };
};
