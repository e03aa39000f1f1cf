import { grainOf, spanOf, type Answers, type Asked } from '@hems/shared/testing/asked';
import { flatDeviceUsage, flatEnvironment, flatLive, flatUsage } from '@hems/shared/testing/flat-energy';
import { questionOf } from './question.ts';
import { workedOut } from './worked-out.ts';

/** What depends on the time or on the span that is asked for, and is quickly told. */
const TOLD: Answers = {
  readLive: ({ nowMs }) => flatLive(nowMs),
  readEnvironment: ({ nowMs }) => flatEnvironment(nowMs),
  readUsage: (asked) => flatUsage(grainOf(asked), spanOf(asked)),
  readDeviceUsage: (asked) => flatDeviceUsage(spanOf(asked)),
};

/** What the flat answers to the first questions of a screen, without contract and tariffs; undefined: answers.ts has it. */
export const openingAnswer = async (name: string, asked: Asked): Promise<unknown> => {
  const question = questionOf(name, asked.query);
  const told = TOLD[name]?.(asked) ?? workedOut[question];
  return told ?? (await import('./worked-out-home.ts')).workedOut[question];
};
