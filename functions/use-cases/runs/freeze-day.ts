import { addDays, dayStart, isoSeoul, type LocalDate } from '@hems/models/calendar/seoul';
import type { Pipeline } from '../../ports/pipeline.ts';

/** Why nothing may be settled yet, or null. It travels to every settle task. */
export type Frozen = { readonly refusal: string | null };

/**
 * Asks the pipeline, and no device, whether everything of the day has been taken in: a home that is silent is missing and settles as such, a
 * message that waits on our side would settle its home wrongly.
 */
export const freezeDay = async ({ pipeline }: { readonly pipeline: Pipeline }, date: LocalDate): Promise<Frozen> => {
  const { oldestWaitingMs, deadLetters } = await pipeline.watermark();
  if (deadLetters > 0)
    return { refusal: `pipeline-behind: ${deadLetters} messages were given up and wait in a dead-letter queue` };
  const endMs = dayStart(addDays(date, 1));
  if (oldestWaitingMs !== undefined && oldestWaitingMs < endMs)
    return { refusal: `pipeline-behind: a message that arrived at ${isoSeoul(oldestWaitingMs)} is not taken in yet` };
  return { refusal: null };
};
