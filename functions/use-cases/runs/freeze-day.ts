import { addDays, dayStart, isoSeoul, type LocalDate } from '@hems/models/calendar/seoul';
import type { Pipeline } from '../../ports/pipeline.ts';
import type { Table } from '../../ports/table.ts';
import { countNotTaken } from '../stores/quarantine.ts';

/** Why nothing may be settled yet, or null. It travels to every settle task. */
export type Frozen = { readonly refusal: string | null };

/**
 * Asks the pipeline, and no device, whether everything of the day has been taken in: a home that is silent is missing and settles as such, a
 * message that waits on our side would settle its home wrongly. So would one that our code failed on: after a bad deployment that is all of them.
 */
export const freezeDay = async (
  { pipeline, table }: { readonly pipeline: Pipeline; readonly table: Table },
  date: LocalDate,
): Promise<Frozen> => {
  const { oldestWaitingMs, deadLetters, dropped = 0 } = await pipeline.watermark();
  if (deadLetters > 0)
    return { refusal: `pipeline-behind: ${deadLetters} messages were given up and wait in a dead-letter queue` };
  if (dropped > 0)
    return {
      refusal: `pipeline-behind: in the last two days messages were given up that could not be set aside; read the stream again (docs/runbook.md, "Stream is behind")`,
    };
  const endMs = dayStart(addDays(date, 1));
  if (oldestWaitingMs !== undefined && oldestWaitingMs < endMs)
    return { refusal: `pipeline-behind: a message that arrived at ${isoSeoul(oldestWaitingMs)} is not taken in yet` };
  const notTaken = await countNotTaken(table, date);
  if (notTaken > 0)
    return {
      refusal: `pipeline-behind: ${notTaken >= 100 ? 'a hundred messages or more' : `${notTaken} messages`} that our code could not take are in the quarantine; deploy a repair, then hems quarantine replay --all --date ${date}`,
    };
  return { refusal: null };
};
