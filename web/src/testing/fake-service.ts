import { aDayOfUsage, aLive, anEnvironment, aSession } from '@hems/shared/testing/answers';
import { vi } from 'vitest';

/** An answer's body, the status of a refusal, no connection, or no answer at all. */
type Answer = object | number | 'down' | 'silent';
export type Answers = { session: Answer; live: Answer; usage: Answer; environment: Answer };

const respond = async (answer: Answer): Promise<Response> => {
  if (answer === 'down') throw new TypeError('Failed to fetch');
  if (answer === 'silent') return new Promise<never>(() => undefined);
  if (typeof answer !== 'number') return Response.json(answer);
  return Response.json({ type: 'about:blank', title: 'Refused', status: answer }, { status: answer });
};

/** Stands in for the network, so that client, queries and view models are the real ones. Change the answers as the test goes on. */
export const fakeService = (over: Partial<Answers> = {}): Answers => {
  const answers: Answers = {
    session: aSession(),
    live: aLive(),
    usage: aDayOfUsage(),
    environment: anEnvironment(),
    ...over,
  };
  vi.stubGlobal('fetch', async (input: string) => {
    const noun = (['session', 'live', 'usage', 'environment'] as const).find((name) =>
      new RegExp(`/${name}(\\?|$)`).test(input),
    );
    if (noun === undefined) throw new TypeError(`no answer is prepared for ${input}`);
    return respond(answers[noun]);
  });
  return answers;
};
