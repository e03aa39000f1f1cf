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

/** Hands in again what an earlier run of the host gave up; what was taken leaves the queue. Handing in twice changes nothing. */
export const handInDeadLetters = async (parts: DeadLetterParts): Promise<void> => {
  const { queue, say } = parts;
  const { waiting } = await queue.depth();
  if (waiting === 0) return;
  let taken = 0;
  for (let tried = 0; tried < waiting; tried += 1) {
    const [letter] = await queue.receive(1);
    if (!letter) break;
    try {
      await handInOne(parts, letter.body);
      await queue.acknowledge(letter.receipt);
      taken += 1;
    } catch (error) {
      say(`a dead letter failed again: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  say(
    `dead letters: ${taken} of ${waiting} were taken in now${taken < waiting ? '; the others stay for the next start' : ''}`,
  );
};
