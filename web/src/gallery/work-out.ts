import { flatAnswers } from '@hems/shared/testing/flat-answers';
import { NOW_MS } from '@hems/shared/testing/now';
import { questionOf } from './question.ts';

type Question = readonly [name: string, query?: Readonly<Record<string, string>>];

/** Answers by question, for what takes tariffs and contracts to answer and is the same whatever the time is. */
export const workOut = (questions: readonly Question[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    questions.map(([name, query = {}]) => [
      questionOf(name, query),
      flatAnswers[name]?.({ params: { householdId: 'home-1' }, query, nowMs: NOW_MS }),
    ]),
  );
