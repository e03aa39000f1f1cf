import type { Route } from '@hems/shared/api/route';
import type { Call } from '@hems/shared/client/client';
import { ApiError } from '@hems/shared/errors/api-error';
import type { Asked } from '@hems/shared/testing/asked';
import * as z from 'zod/mini';

const REFUSALS = { error: 'unavailable', offline: 'unreachable', 'no-permission': 'no-permission' } as const;
export const STATES = ['ready', 'loading', 'empty', 'partial', 'error', 'offline', 'no-permission'] as const;
export type State = (typeof STATES)[number];
/** Those in which the service answers. */
type Answering = 'ready' | 'empty' | 'partial';

/** Answered in every state: without it nobody would be on the screen. */
const ALWAYS = 'readSession';

const texts = z._default(z.record(z.string(), z.string()), {});
const asked = z.object({ params: texts, query: texts });

const checked = <R extends Route>(route: R, answer: unknown): z.output<R['answer']> =>
  z.parse<R['answer']>(route.answer, answer);

type Service = {
  readonly state: State;
  readonly scene?: string | undefined;
  readonly known?: readonly string[] | undefined;
};

type Answered = { readonly state: Answering; readonly scene: string | undefined };

/** What the service says; most of what a screen of the flat asks at first is told without contract and tariffs. */
const answerTo = async (name: string, question: Asked, { state, scene }: Answered): Promise<unknown> => {
  if (state === 'ready' && scene === undefined) {
    const { openingAnswer } = await import('./opening.ts');
    const answer = await openingAnswer(name, question);
    if (answer !== undefined) return answer;
  }
  const { answerIn } = await import('./answers.ts');
  const answer = answerIn(name, state, scene);
  if (answer === undefined)
    throw new ApiError('refused', `${name}: the gallery has no answer; see shared/testing/flat-answers.ts`);
  return answer(question);
};

/** Answers as the service would in the state, by the name of the route and checked by its contract. Nothing can be changed. */
export const callIn =
  ({ state, scene, known = [] }: Service): Call =>
  async (route, request) => {
    const refuses = !['ready', 'empty', 'partial'].includes(state);
    const now = refuses && [ALWAYS, ...known].includes(route.name) ? 'ready' : state;
    if (now === 'loading') return new Promise<never>(() => undefined);
    if (now === 'error' || now === 'offline' || now === 'no-permission')
      throw new ApiError(REFUSALS[now], `${route.name}: the gallery shows ${now}`);
    const question = { ...z.parse(asked, request), nowMs: Date.now() };
    return checked(route, await answerTo(route.name, question, { state: now, scene }));
  };
