import type * as z from 'zod';
import type { WebhookData } from '@hems/shared/partner-api/webhook-data';
import { programmeOf } from '@hems/models/incentive/programmes';
import { listProgrammes } from '@hems/shared/partner-api/programmes';
import { HAPPENINGS_MAX, SANDBOX_CLOCK, type Happening, type sandbox } from '@hems/shared/partner-api/sandbox';
import type { Ids } from '../../ports/ids.ts';
import { Refused } from '../refusal.ts';
import type { Partner } from '../stores/partners.ts';
import { newSandbox, readSandbox, sandboxPut, type SandboxState } from '../stores/sandboxes.ts';
import { untilWon } from '../until-won.ts';
import type { TellDeps } from '../webhooks/deps.ts';
import { tellPartner } from '../webhooks/tell-partner.ts';
import { madeUpHomes } from './made-up-homes.ts';

export type SandboxDeps = TellDeps & { readonly ids: Ids };
type View = z.infer<typeof sandbox>;

export const requireSandbox = ({ kind }: Partner): void => {
  if (kind !== 'sandbox')
    throw new Refused(
      'forbidden',
      'a sandbox is for partners of kind sandbox; ask the operator for one',
      'sandbox-only',
    );
};

const viewOf = (state: SandboxState): View => ({
  seed: state.seed,
  nowMs: state.nowMs,
  homes: madeUpHomes(state).map(({ participant, agrees, home }) => {
    const { building, people, areaM2, solarKwp, batteryWh } = home;
    return { participant, building, people, areaM2, solarKwp, batteryWh, agrees };
  }),
  happenings: state.happenings,
});

export const viewSandbox = async ({ table }: Pick<SandboxDeps, 'table'>, partner: Partner): Promise<View> => {
  requireSandbox(partner);
  return viewOf((await readSandbox(table, partner.partnerId)).state);
};

const change = async (
  { table, pause }: SandboxDeps,
  partner: Partner,
  next: (state: SandboxState) => SandboxState,
): Promise<SandboxState> => {
  requireSandbox(partner);
  return untilWon(pause, async () => {
    const { state, version } = await readSandbox(table, partner.partnerId);
    const changed = next(state);
    await table.put(sandboxPut(partner.partnerId, { state: changed, version }));
    return changed;
  });
};

type Reset = { readonly seed: number; readonly homes: number; readonly nowMs: number };
export const resetSandbox = async (deps: SandboxDeps, partner: Partner, { seed, homes, nowMs }: Reset): Promise<View> =>
  viewOf(await change(deps, partner, () => newSandbox(seed, homes, nowMs)));

type ClockMove = { readonly nowMs: number } | { readonly advanceMs: number };
export const setClock = async (deps: SandboxDeps, partner: Partner, move: ClockMove): Promise<View> =>
  viewOf(
    await change(deps, partner, (state) => {
      const nowMs = 'nowMs' in move ? move.nowMs : state.nowMs + move.advanceMs;
      if (nowMs > SANDBOX_CLOCK.maxMs)
        throw new Refused('invalid', `the clock of a sandbox goes up to ${SANDBOX_CLOCK.maxMs}`, 'clock-range');
      return { ...state, nowMs };
    }),
  );

const isEvent = ({ what }: SandboxState['happenings'][number]): boolean => what.kind === 'saving-event';

const checkEvent = (state: SandboxState, what: Extract<Happening, { readonly kind: 'saving-event' }>): void => {
  if (programmeOf(what.programme)?.period !== 'event')
    throw new Refused(
      'invalid',
      `programme: ${what.programme} does not pay by event; choose national-dr`,
      'no-programme',
    );
  if (what.toHour <= what.fromHour)
    throw new Refused('invalid', 'toHour: an event ends after it begins, on the same day', 'hours');
  if (state.happenings.filter(isEvent).length >= HAPPENINGS_MAX)
    throw new Refused('conflict', `a sandbox holds ${HAPPENINGS_MAX} saving events; reset it`, 'quota');
};

const check = (state: SandboxState, what: Happening): void => {
  if ('programme' in what && !programmeOf(what.programme))
    throw new Refused(
      'invalid',
      `programme: there is no ${what.programme}; GET ${listProgrammes.path} lists them`,
      'no-programme',
    );
  if (what.kind === 'saving-event') checkEvent(state, what);
  if ('participant' in what && !madeUpHomes(state).some(({ participant }) => participant === what.participant))
    throw new Refused('not-found', `there is no participant ${what.participant} in your sandbox`, 'no-participant');
};

/** Events make the readings of their day, so they stay; of the others the latest. */
const latest = (all: SandboxState['happenings']): SandboxState['happenings'] => {
  const others = all.filter((one) => !isEvent(one)).slice(-HAPPENINGS_MAX);
  return all.filter((one) => isEvent(one) || others.includes(one));
};

const withHappening = (state: SandboxState, what: Happening): SandboxState => {
  check(state, what);
  const count = state.count + 1;
  const one = { happeningId: `happening-${count}`, atMs: state.nowMs, what };
  return {
    ...state,
    count,
    happenings: latest([...state.happenings, one]),
    withdrawn: what.kind === 'withdrawal' ? [...new Set([...state.withdrawn, what.participant])] : state.withdrawn,
  };
};

/** Won of each line of a made-up settlement. */
const LINE_WON = 1000;

type Message = {
  [Type in keyof WebhookData]: { readonly type: Type; readonly data: WebhookData[Type]; readonly orderedBy?: string };
}[keyof WebhookData];
type Kind = Happening['kind'];
type MessageOf = {
  readonly [K in Kind]: (
    what: Extract<Happening, { readonly kind: K }>,
    of: { readonly happeningId: string; readonly state: SandboxState },
  ) => Message;
};

/** What the partner's webhooks are told, in the words of the real ones. */
const MESSAGES: MessageOf = {
  'saving-event': ({ programme, date, fromHour, toHour }, { happeningId: eventId }) => ({
    type: 'event.dispatched',
    data: { eventId, programme, date, fromHour, toHour },
    orderedBy: eventId,
  }),
  application: ({ participant, programme, state }) => ({
    type: 'application.decided',
    data: { participant, programme, state },
    orderedBy: participant,
  }),
  settlement: ({ programme, period }, { happeningId: file, state }) => {
    const lines = madeUpHomes(state).filter(({ agrees }) => agrees).length;
    const data = { file, programme, period, number: 1, lines, amount: lines * LINE_WON, unit: 'won' } as const;
    return { type: 'settlement.ready', data };
  },
  withdrawal: ({ participant }, { state: { nowMs: withdrawnAtMs } }) => ({
    type: 'consent.withdrawn',
    data: { participant, purpose: 'bems', withdrawnAtMs },
    orderedBy: participant,
  }),
  ping: () => ({ type: 'sandbox.ping', data: {} }),
};

const messageOf = <K extends Kind>(
  what: Extract<Happening, { readonly kind: K }> & { readonly kind: K },
  of: { readonly happeningId: string; readonly state: SandboxState },
): Message => MESSAGES[what.kind](what, of);

/** Told under a key of its own: after a reset the same may happen, and be told, once more. */
export const addHappening = async (
  deps: SandboxDeps,
  partner: Partner,
  what: Happening,
): Promise<{ readonly happeningId: string; readonly told: number }> => {
  const state = await change(deps, partner, (before) => withHappening(before, what));
  const happeningId = state.happenings.at(-1)?.happeningId ?? '';
  const { partnerId } = partner;
  const { told } = await tellPartner(deps, {
    partnerId,
    key: deps.ids.next(),
    ...messageOf(what, { happeningId, state }),
  });
  return { happeningId, told };
};
