import { aDayOfUsage, aLive, anEnvironment, aSession, aToday } from '@hems/shared/testing/answers';
import { aForecast, anAdvice, aPlan, someAccuracy } from '@hems/shared/testing/assistant-answers';
import { aCommunity, someChallenges } from '@hems/shared/testing/community-answers';
import { anEvent, anEventDetail, someEvents } from '@hems/shared/testing/event-answers';
import { aRunningBill, aScore, aSupply, daysOfUsage, someDays } from '@hems/shared/testing/money-answers';
import { anAccount, anOnboarding, someEquipment, someGuesses, someMembers } from '@hems/shared/testing/joining-answers';
import {
  anErasure,
  anExport,
  anInbox,
  someAccesses,
  someConsents,
  someNoticeSettings,
} from '@hems/shared/testing/privacy-answers';
import { aSimulation, someEvidence, someProgrammes, someRewards } from '@hems/shared/testing/reward-answers';
import { aDeviceSeries, aDeviceUsage, someDevices } from '@hems/shared/testing/energy-answers';
import { vi } from 'vitest';

/** A refusal that says which it is. */
export const refusal = (status: number, code: string): Response =>
  Response.json({ type: 'about:blank', title: 'Refused', detail: 'said in English', status, code }, { status });

/** An answer's body, the status of a refusal, no connection, or no answer at all; or one of these made from the request. */
type Plain = object | number | 'down' | 'silent';
type Answer = Plain | ((url: URL) => Plain);

/** What is asked for by the end of its path, the longer ones first. */
const PATHS = {
  session: /\/session$/,
  live: /\/live$/,
  usage: /\/usage$/,
  deviceUsage: /\/usage\/devices$/,
  devices: /\/devices$/,
  deviceSeries: /\/devices\/[^/]+\/series$/,
  environment: /\/environment$/,
  days: /\/days$/,
  score: /\/score$/,
  today: /\/today$/,
  bill: /\/bill$/,
  supply: /\/supply$/,
  forecast: /\/forecast$/,
  accuracy: /\/forecast\/accuracy$/,
  advice: /\/advice$/,
  adviceAnswer: /\/advice\/[^/]+\/answer$/,
  safeguard: /\/safeguard$/,
  plan: /\/plan$/,
  automation: /\/automation$/,
  override: /\/override$/,
  enrolment: /\/enrolment$/,
  consents: /\/consents\/[^/]+$/,
  consentList: /\/consents$/,
  reads: /\/inbox\/reads$/,
  inbox: /\/inbox$/,
  noticeSettings: /\/notice-settings$/,
  pushTargets: /\/push-targets$/,
  unsubscribes: /\/unsubscribes\/[^/]+$/,
  access: /\/access-log$/,
  exports: /\/exports$/,
  eraseAccount: /\/account\/erasures$/,
  erasures: /\/erasures$/,
  erasure: /\/erasures\/[^/]+$/,
  balance: /\/erasures\/[^/]+\/balance$/,
  simulation: /\/simulation$/,
  programmes: /\/programmes$/,
  payouts: /\/payouts$/,
  evidence: /\/rewards\/[^/]+$/,
  rewards: /\/rewards$/,
  events: /\/events$/,
  event: /\/events\/[^/]+$/,
  eventParticipation: /\/events\/[^/]+\/participation$/,
  eventRule: /\/event-rule$/,
  membership: /\/membership$/,
  community: /\/community$/,
  participation: /\/participation$/,
  challenges: /\/challenges$/,
  households: /\/households$/,
  onboarding: /\/onboarding$/,
  place: /\/place$/,
  guesses: /\/supply-guesses$/,
  confirmations: /\/supply-confirmations$/,
  proofs: /\/proofs$/,
  imports: /\/imports$/,
  import: /\/imports\/[^/]+$/,
  acceptances: /\/invitations\/acceptances$/,
  invitations: /\/invitations$/,
  invitation: /\/invitations\/[^/]+$/,
  members: /\/members$/,
  member: /\/members\/[^/]+$/,
  gateways: /\/gateways$/,
  revocations: /\/revocations$/,
  retirements: /\/retirements$/,
  replacements: /\/replacements$/,
  device: /\/devices\/[^/]+$/,
  account: /\/account$/,
  signOuts: /\/sign-outs$/,
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
  if (answer instanceof Response) return answer.clone();
  if (typeof answer !== 'number') return Response.json(answer);
  return Response.json({ type: 'about:blank', title: 'Refused', status: answer }, { status: answer });
};

const spanOf = ({ searchParams }: URL): { from: string; to: string } => ({
  from: searchParams.get('from') ?? '',
  to: searchParams.get('to') ?? '',
});

const usageOf = (url: URL): object =>
  url.searchParams.get('grain') === '15min' ? aDayOfUsage() : daysOfUsage(spanOf(url));

const seriesOf = ({ pathname, searchParams: query }: URL): object =>
  aDeviceSeries({
    deviceId: pathname.split('/').at(-2) ?? '',
    quantity: query.get('quantity') as 'power_w',
    grain: query.get('grain') as 'hour',
    from: query.get('from') ?? '',
    to: query.get('to') ?? '',
  });

/** Stands in for the network, so that client, queries and view models are the real ones. Change the answers as the test goes on. */
export const fakeService = (over: Partial<Answers> = {}): FakeService => {
  const done: string[] = [];
  const answers: FakeService = {
    session: aSession(),
    live: aLive(),
    usage: usageOf,
    deviceUsage: (url) => aDeviceUsage(spanOf(url)),
    devices: someDevices(),
    deviceSeries: seriesOf,
    environment: anEnvironment(),
    days: (url) => someDays(spanOf(url)),
    score: aScore(),
    today: aToday(),
    bill: aRunningBill(),
    supply: aSupply(),
    forecast: aForecast(),
    accuracy: (url) => someAccuracy(spanOf(url)),
    advice: anAdvice(),
    adviceAnswer: 404,
    safeguard: 404,
    plan: aPlan(),
    automation: 404,
    override: 404,
    enrolment: 404,
    consents: someConsents(),
    consentList: someConsents(),
    reads: { unread: 0 },
    inbox: anInbox(),
    noticeSettings: someNoticeSettings(),
    pushTargets: someNoticeSettings({ pushTargets: 1 }),
    unsubscribes: { marketing: 'off' },
    access: someAccesses(),
    exports: { exports: [anExport()] },
    eraseAccount: anErasure({ subject: 'account' }),
    erasures: anErasure(),
    erasure: anErasure(),
    balance: 404,
    simulation: aSimulation(),
    programmes: someProgrammes(),
    payouts: 404,
    evidence: someEvidence(),
    rewards: someRewards(),
    events: someEvents(),
    event: anEventDetail(),
    eventParticipation: anEvent({ state: 'joined' }),
    eventRule: someEvents(),
    membership: 404,
    community: aCommunity(),
    participation: 404,
    challenges: someChallenges(),
    households: anOnboarding(),
    onboarding: anOnboarding(),
    place: 404,
    guesses: someGuesses(),
    confirmations: 404,
    proofs: 404,
    imports: 404,
    import: 404,
    acceptances: 404,
    invitations: 404,
    invitation: 404,
    members: someMembers(),
    member: 404,
    gateways: someEquipment(),
    revocations: 404,
    retirements: 404,
    replacements: 404,
    device: 404,
    account: anAccount(),
    signOuts: { endedMs: 0 },
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
