import * as z from 'zod';
import { eraseDeps } from '../runtime/erase-deps.ts';
import { log } from '../runtime/log.ts';
import { step } from '../runtime/step.ts';
import { eraseStep, STEPS } from '../use-cases/erasure/erase-step.ts';

/** What the state machine `erasure` hands its task: which erasure, and which of its steps. */
const eraseTask = z.object({ erasureId: z.string(), step: z.enum(STEPS) });

/** The one function that may delete. Where rows are left is for the person on duty: opaque keys, and the household is closed. */
export const handler = step(eraseTask, async (task) =>
  eraseStep(await eraseDeps(), task, (found) =>
    log.error('an erasure left rows', { count: found.length, found: found.slice(0, 20) }),
  ),
);
