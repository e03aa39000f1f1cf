import { ruleEvent, type RuleEvent } from '@hems/shared/events/rules';
import type { Queue } from '../../ports/queue.ts';

type RuleHandler = (events: RuleEvent[]) => Promise<unknown>;

export type DeadLetterParts = {
  readonly queue: Queue;
  readonly ingest: RuleHandler;
  readonly commandResult: RuleHandler;
  readonly health: RuleHandler;
  readonly say: (line: string) => void;
};

/** Each message goes by itself, so that one that fails again keeps nobody back. It then stays where it is. */
const handInOne = async ({ ingest, commandResult, health }: DeadLetterParts, body: string): Promise<void> => {
  const event = ruleEvent.parse(JSON.parse(body));
  const handlers = { reading: ingest, batch: ingest, 'cmd/result': commandResult, health };
  await handlers[event.channel]([event]);
};

/** Hands in again what was given up and may be tried now; what was taken leaves the queue. Handing in twice changes nothing. */
const handInDeadLetters = async (parts: DeadLetterParts): Promise<void> => {
  const { queue, say } = parts;
  const { waiting } = await queue.depth();
  if (waiting === 0) return;
  let [tried, taken] = [0, 0];
  while (tried < waiting) {
    const [letter] = await queue.receive(1);
    if (!letter) break;
    tried += 1;
    try {
      await handInOne(parts, letter.body);
      await queue.acknowledge(letter.receipt);
      taken += 1;
    } catch (error) {
      say(`a dead letter failed again: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (tried === 0) return;
  say(
    `dead letters: ${taken} of ${tried} were taken in now${taken < tried ? '; the others are tried again, in the end they wait for hems dead-letters redrive' : ''}`,
  );
};

export type DeadLetters = { stop(): Promise<void> };

/** What an earlier host gave up is handed in at once; what is given up, or redriven by a person, while this one runs, soon. */
export const openDeadLetters = async (parts: DeadLetterParts & { readonly everyMs: number }): Promise<DeadLetters> => {
  const { queue, say, everyMs } = parts;
  await queue.redrive();
  await handInDeadLetters(parts);
  let working = Promise.resolve();
  const timer = setInterval(() => {
    working = working
      .then(async () => await handInDeadLetters(parts))
      .catch((error: unknown) =>
        say(`dead letters cannot be read: ${error instanceof Error ? error.message : String(error)}`),
      );
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await working;
    },
  };
};
