import { expect, it } from 'vitest';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import { aRuleEvent, NOON } from '../../testing/world.ts';
import { uplink } from '../broker/uplink.ts';
import { localPipeline } from './pipeline.ts';

const aPipeline = (ingest: () => Promise<void>) => {
  const database = openDatabase(':memory:');
  const deadLetters = sqliteQueue(
    { database, clock: { now: () => NOON } },
    { name: 'ingest-dead-letters', visibilitySeconds: 30, attempts: 1000 },
  );
  const parts = {
    ingest,
    commandResult: async () => undefined,
    health: async () => undefined,
    deadLetters,
    say: () => undefined,
  };
  const { uplink: lanes, pipeline } = localPipeline(uplink(parts), deadLetters);
  return { lanes, pipeline, deadLetters, close: async () => await database.close() };
};
const received = (ms: number) => ({ event: aRuleEvent('reading', '{}', { received: ms }), bytes: 2 });

it('the oldest message that is not acknowledged is told, whichever lane it is in, and none once all are', async () => {
  const stored = Promise.withResolvers<void>();
  const { lanes, pipeline, close } = aPipeline(async () => await stored.promise);
  expect(await pipeline.watermark()).toEqual({ deadLetters: 0 });
  const send = lanes.sender();
  const answers: string[] = [];
  send({ ...received(NOON), done: () => answers.push('first') });
  send({ ...received(NOON + 7), done: () => answers.push('second') });
  expect(await pipeline.watermark()).toEqual({ oldestWaitingMs: NOON, deadLetters: 0 });
  stored.resolve();
  await lanes.drained();
  expect([answers.length, await pipeline.watermark()]).toEqual([2, { deadLetters: 0 }]);
  await close();
});

it('a dead letter counts until it is handed in and acknowledged', async () => {
  const { lanes, pipeline, deadLetters, close } = aPipeline(
    async () => await Promise.reject(new Error('disk is full')),
  );
  await new Promise<void>((resolve) => lanes.sender()({ ...received(NOON), done: () => resolve() }));
  expect(await pipeline.watermark()).toEqual({ deadLetters: 1 });
  const [letter] = await deadLetters.receive(1);
  expect(await pipeline.watermark()).toEqual({ deadLetters: 1 });
  await deadLetters.acknowledge(letter?.receipt ?? '');
  expect(await pipeline.watermark()).toEqual({ deadLetters: 0 });
  await close();
});
