import type { Live } from '../api/live.ts';
import type { Household } from '../api/session.ts';
import type { Messages } from '../i18n/messages.ts';
import { behind, cardOf, isDenied, type Card, type Loaded } from './card.ts';
import { chipOf, type Chip } from './freshness.ts';
import { bannerOf, householdHead, isConnected } from './household.ts';
import { serverNow, type LiveState } from './live-tail.ts';
import { nowCard, type NowView } from './now.ts';
import type { OriginLabel } from './origin-label.ts';

export type DashboardInput = {
  readonly householdId: string;
  readonly session: Loaded<{ readonly households: readonly Household[] }>;
  readonly live: Loaded<LiveState>;
  /** by the clock of this device */
  readonly deviceMs: number;
};

/** What the dashboard opens with, besides the 24-hour chart (`dayCard`). */
export type DashboardView = {
  readonly chip: Chip;
  readonly banner: string | undefined;
  readonly origin: OriginLabel | undefined;
  readonly now: Card<NowView>;
  /** the home has more than a meter: there is a flow to show */
  readonly hasFlows: boolean;
};

const hasFlows = ({ solar, battery, devices }: Live): boolean =>
  solar !== undefined || battery !== undefined || devices.some(({ kind }) => kind === 'ev_charger');

/**
 * Undefined when the household is closed to this resident: then nothing of it is shown. Figures wait for the session,
 * which says whether they are those of a demo home: none is ever shown without that label.
 */
export const dashboardView = (input: DashboardInput, t: Messages): DashboardView | undefined => {
  const { session, deviceMs } = input;
  const head = householdHead(session, input, t);
  if (head === undefined || isDenied(input.live.error)) return undefined;
  const live = behind(session, input.live);
  const nowMs = serverNow(live, deviceMs);
  const pending = live.data === undefined && live.error === null && !live.paused;
  const heard = { ts: live.data?.live.load.ts ?? null, nowMs, connected: isConnected(live) };
  return {
    chip: chipOf(pending ? undefined : heard, t),
    banner: bannerOf(live, t),
    origin: head.origin,
    now: cardOf(live, t, (data) => nowCard(data.live, nowMs, t)),
    hasFlows: live.data !== undefined && hasFlows(live.data.live),
  };
};
