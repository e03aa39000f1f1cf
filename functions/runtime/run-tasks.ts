import * as z from 'zod';
import { addDays, localDate as dateOf } from '@hems/models/calendar/seoul';
import { localDate } from '@hems/shared/api/nouns';

/** What the state machine `daily-run` hands its tasks: the run itself, and to those of a map also what they are about. */
export const runTask = z.object({ date: localDate, attempt: z.int().min(1), since: z.int().min(1) });
export const shardTask = z.object({ run: runTask, shard: z.int().min(0) });
export const settleTask = z.object({ ...shardTask.shape, refusal: z.string().nullable() });
export const segmentTask = z.object({ run: runTask, segment: z.string().min(1) });

/**
 * What a schedule hands its function: the time for which it called, ISO 8601. A call that comes late, or again, still means the
 * Korean day before that time.
 */
export const scheduleTask = z
  .object({ scheduled: z.iso.datetime({ offset: true }) })
  .transform(({ scheduled }) => ({ yesterday: addDays(dateOf(Date.parse(scheduled)), -1) }));
