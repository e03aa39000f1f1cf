import type { Route } from '@hems/shared/api/route';
import type { Call } from '@hems/shared/client/client';
import { ApiError } from '@hems/shared/errors/api-error';
import * as z from 'zod/mini';

const REFUSALS = { error: 'unavailable', offline: 'unreachable', 'no-permission': 'no-permission' } as const;
export const STATES = ['ready', 'loading', 'empty', 'partial', 'error', 'offline', 'no-permission'] as const;
export type State = (typeof STATES)[number];

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

/** Answers as the service would in the state, by the name of the route and checked by its contract. Nothing can be changed. */
export const callIn =
  ({ state, scene, known = [] }: Service): Call =>
  async (route, request) => {
    const refuses = !['ready', 'empty', 'partial'].includes(state);
    const now = refuses && [ALWAYS, ...known].includes(route.name) ? 'ready' : state;
    if (now === 'loading') return new Promise<never>(() => undefined);
    if (now === 'error' || now === 'offline' || now === 'no-permission')
      throw new ApiError(REFUSALS[now], `${route.name}: the gallery shows ${now}`);
    const { answerIn } = await import('./answers.ts');
    const answer = answerIn(route.name, now, scene);
    if (answer === undefined)
      throw new ApiError('refused', `${route.name}: the gallery has no answer; see shared/testing/flat-answers.ts`);
    return checked(route, answer({ ...z.parse(asked, request), nowMs: Date.now() }));
  };
