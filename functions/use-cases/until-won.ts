import type { Pause } from '../ports/pause.ts';
import { ConditionFailed } from '../ports/table.ts';

const MAX_ATTEMPTS = 12;

/** Lets `once` read, decide and write until no one else was faster. Whatever it decides on, it must read anew each time. */
export const untilWon = async <T>(pause: Pause, once: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof ConditionFailed) || attempt === MAX_ATTEMPTS) throw error;
    }
    await pause(attempt);
  }
};
