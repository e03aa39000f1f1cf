import { aDayOfUsage, aLive, anEnvironment, aSession } from '@hems/shared/testing/answers';
import { aCommunity, someChallenges } from '@hems/shared/testing/community-answers';
import { aRunningBill, aScore, aSupply, daysOfUsage, someDays } from '@hems/shared/testing/money-answers';
import { aSimulation, someEvidence, someProgrammes, someRewards } from '@hems/shared/testing/reward-answers';
import { vi } from 'vitest';

/** An answer's body, the status of a refusal, no connection, or no answer at all; or one of these made from the request. */
type Plain = object | number | 'down' | 'silent';
type Answer = Plain | ((url: URL) => Plain);

/** What is asked for by the end of its path, the longer ones first. */
const PATHS = {
  session: /\/session$/,
  live: /\/live$/,
  usage: /\/usage$/,
  environment: /\/environment$/,
  days: /\/days$/,
  score: /\/score$/,
  bill: /\/bill$/,
  supply: /\/supply$/,
  enrolment: /\/enrolment$/,
  simulation: /\/simulation$/,
  programmes: /\/programmes$/,
  payouts: /\/payouts$/,
  evidence: /\/rewards\/[^/]+$/,
  rewards: /\/rewards$/,
  membership: /\/membership$/,
  community: /\/community$/,
  participation: /\/participation$/,
  challenges: /\/challenges$/,
};
type Noun = keyof typeof PATHS;
export type Answers = Record<Noun, Answer>;

export type FakeService = Answers & {
  /** what was done, in order: `PUT supply {"voltage":…}` */
  readonly done: string[];
};

const respond = async (answer: Plain): Promise<Response> => {
  if (answer === 'down') throw new TypeError('Failed to fetch');
  if (answer === 'silent') return new Promise<never>(() => undefined);
  if (typeof answer !== 'number') return Response.json(answer);
  return Response.json({ type: 'about:blank', title: 'Refused', status: answer }, { status: answer });
};

const spanOf = ({ searchParams }: URL): { from: string; to: string } => ({
  from: searchParams.get('from') ?? '',
  to: searchParams.get('to') ?? '',
});

const usageOf = (url: URL): object =>
  url.searchParams.get('grain') === '15min' ? aDayOfUsage() : daysOfUsage(spanOf(url));

/** Stands in for the network, so that client, queries and view models are the real ones. Change the answers as the test goes on. */
export const fakeService = (over: Partial<Answers> = {}): FakeService => {
  const done: string[] = [];
  const answers: FakeService = {
    session: aSession(),
    live: aLive(),
    usage: usageOf,
    environment: anEnvironment(),
    days: (url) => someDays(spanOf(url)),
    score: aScore(),
    bill: aRunningBill(),
    supply: aSupply(),
    enrolment: 404,
    simulation: aSimulation(),
    programmes: someProgrammes(),
    payouts: 404,
    evidence: someEvidence(),
    rewards: someRewards(),
    membership: 404,
    community: aCommunity(),
    participation: 404,
    challenges: someChallenges(),
    ...over,
    done,
  };
  const nouns = Object.entries(PATHS) as [Noun, RegExp][];
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const url = new URL(input, 'http://127.0.0.1');
    const noun = nouns.find(([, path]) => path.test(url.pathname))?.[0];
    if (noun === undefined) throw new TypeError(`no answer is prepared for ${input}`);
    if (init?.method !== undefined && init.method !== 'GET')
      done.push([init.method, noun, ...(typeof init.body === 'string' ? [init.body] : [])].join(' '));
    const answer = answers[noun];
    return respond(typeof answer === 'function' ? answer(url) : answer);
  });
  return answers;
};
