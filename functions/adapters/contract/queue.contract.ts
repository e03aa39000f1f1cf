import { beforeEach, afterEach, describe, expect, it } from 'vitest';
import type { Queue, Received } from '../../ports/queue.ts';

export type QueueUnderTest = {
  /** empty, with the settings of `QUEUE` */
  readonly queue: Queue;
  /** lets this long pass, by the clock of the queue */
  elapse(seconds: number): Promise<void>;
  close(): Promise<void>;
};

export const QUEUE = { visibilitySeconds: 1, attempts: 2 } as const;

/** What every `Queue` promises; see `ports/queue.ts`. */
export const queueContract = (name: string, make: () => Promise<QueueUnderTest>): void => {
  describe(`Queue: ${name}`, () => {
    let adapter: QueueUnderTest;
    let queue: Queue;
    beforeEach(async () => {
      adapter = await make();
      queue = adapter.queue;
    });
    afterEach(() => adapter.close());

    const bodies = (received: readonly Received[]): string[] => received.map(({ body }) => body).toSorted();

    it('gives a message once, and keeps it until it is acknowledged', async () => {
      await queue.send('{"payout":"p-1","name":"김하나 🏠"}');
      const [message] = await queue.receive(10);
      expect(message).toMatchObject({ body: '{"payout":"p-1","name":"김하나 🏠"}', attempt: 1 });
      expect(await queue.receive(10)).toEqual([]);
      expect(await queue.depth()).toEqual({ waiting: 1, dead: 0 });
      await queue.acknowledge(message!.receipt);
      expect(await queue.depth()).toEqual({ waiting: 0, dead: 0 });
    });

    it('gives no more messages than were asked for, and each to one receiver', async () => {
      await Promise.all(['a', 'b', 'c', 'd', 'e'].map((body) => queue.send(body)));
      const [first, second] = [await queue.receive(2), await queue.receive(10)];
      expect(first).toHaveLength(2);
      expect(bodies([...first, ...second])).toEqual(['a', 'b', 'c', 'd', 'e']);
    });

    it('holds a delayed message back and refuses a delay of more than 15 minutes', async () => {
      await queue.send('re-check the hub', { delaySeconds: 2 });
      expect(await queue.receive(10)).toEqual([]);
      expect(await queue.depth()).toEqual({ waiting: 1, dead: 0 });
      await adapter.elapse(2.2);
      expect(bodies(await queue.receive(10))).toEqual(['re-check the hub']);
      await expect(queue.send('too late', { delaySeconds: 901 })).rejects.toThrow(/900/);
    });

    it('brings an unacknowledged message back, gives it up after two attempts, and redrives it', async () => {
      await Promise.all([queue.send('poison'), queue.send('fine')]);
      for (const { body, receipt } of await queue.receive(10)) if (body === 'fine') await queue.acknowledge(receipt);
      await adapter.elapse(1.2);
      expect(await queue.receive(10)).toMatchObject([{ body: 'poison', attempt: 2 }]);
      await adapter.elapse(1.2);
      expect(await queue.receive(10)).toEqual([]);
      expect(await queue.depth()).toEqual({ waiting: 0, dead: 1 });
      expect(await queue.redrive()).toBe(1);
      expect(await queue.depth()).toEqual({ waiting: 1, dead: 0 });
      expect(await queue.receive(10)).toMatchObject([{ body: 'poison', attempt: 1 }]);
      expect(await queue.redrive()).toBe(0);
    });
  });
};
