import type { KinesisStreamEvent } from 'aws-lambda';
import type { RuleEvent } from '@hems/shared/events/rules';
import { handler as ingestHandler } from '../events/ingest.ts';
import { handler as streamHandler } from '../events/ingest-stream.ts';
import { lambdaContext } from '../local/lambda-context.ts';
import { localStream } from '../local/stream/stream.ts';
import type { Table } from '../ports/table.ts';
import * as ports from '../runtime/ports.ts';
import type { World } from './world.ts';

const ATTEMPTS = 200;

const alone = async (event: RuleEvent, attempt = 1): Promise<void> => {
  try {
    await ingestHandler(event, lambdaContext('ingest', 30_000));
  } catch (error) {
    if (attempt === ATTEMPTS) throw error;
    await alone(event, attempt + 1);
  }
};

export const MODES = ['direct', 'stream'] as const;
export type Mode = (typeof MODES)[number];

/** Lets the functions work on this world; `table`: in place of its own. */
export const useWorld = (world: World, table: Table = world.table): void => {
  ports.table.use(table);
  ports.telemetry.use(world.telemetry);
  ports.directory.use(world.deps.directory);
  ports.clock.use(world.clock);
  ports.bus.use(world.bus);
};

type Taking = {
  /** messages of a batch of the stream, at most */
  readonly size?: number;
  /** in place of the world's own */
  readonly table?: Table;
};

/** Hands the messages to the function of this mode, as the rules of this mode do, and again what fails, as the cloud does; rejects when something is given up. */
export const takeBy = (
  mode: Mode,
  world: World,
  { size = 500, table = world.table }: Taking,
): ((events: readonly RuleEvent[]) => Promise<void>) => {
  const given: KinesisStreamEvent[] = [];
  const stream = localStream({
    handler: async (event) => await streamHandler(event, lambdaContext('ingest-stream', 60_000)),
    setAside: async (event) => void given.push(event),
    shards: 2,
    batchSize: size,
    windowMs: 0,
    attempts: ATTEMPTS,
  });
  return async (events) => {
    useWorld(world, table);
    if (mode === 'stream') await stream.put(events);
    else for (const event of events) await alone(event);
    if (given.length > 0) throw new Error(`${given.length} batches were given up`);
  };
};
