import type { Environment } from '../api/environment.ts';
import type { Household } from '../api/session.ts';
import type { Messages } from '../i18n/messages.ts';
import { behind, cardOf, errorKindOf, isDenied, type Card, type Loaded } from './card.ts';
import { devicesCard, type DeviceView } from './devices.ts';
import { environmentCard, type SensorView } from './environment.ts';
import { chipOf, type Chip } from './freshness.ts';
import type { LiveState } from './live-tail.ts';
import { nowCard, type NowView } from './now.ts';
import { originLabel, type OriginLabel } from './origin-label.ts';
import { todayCard, type TodayView } from './today.ts';

export type DashboardInput = {
  readonly householdId: string;
  readonly session: Loaded<{ readonly households: readonly Household[] }>;
  readonly live: Loaded<LiveState>;
  readonly environment: Loaded<Environment>;
  /** by the clock of this device */
  readonly deviceMs: number;
};

/** Everything the dashboard shows besides the 24-hour chart (`dayCard`). */
export type DashboardView = {
  readonly chip: Chip;
  readonly banner: string | undefined;
  readonly origin: OriginLabel | undefined;
  readonly now: Card<NowView>;
  readonly today: Card<TodayView>;
  readonly environment: Card<readonly SensorView[]>;
  readonly devices: Card<readonly DeviceView[]>;
};

const isConnected = ({ error, paused }: Loaded<unknown>): boolean =>
  !paused && (error === null || errorKindOf(error) !== 'unreachable');

const bannerOf = (live: Loaded<unknown>, t: Messages): string | undefined => {
  if (live.data === undefined) return undefined;
  if (live.paused) return t.banner.offline;
  if (live.error === null) return undefined;
  return isConnected(live) ? t.banner.failing : t.banner.unreachable;
};

/** Ages are told against the server's clock, carried forward from the last answer by this device's clock. */
const serverNow = ({ data, atMs }: Loaded<LiveState>, deviceMs: number): number =>
  data === undefined ? deviceMs : data.live.now + Math.max(0, deviceMs - atMs);

const isClosed = ({ session, householdId, live }: DashboardInput): boolean =>
  isDenied(live.error) || session.data?.households.every((one) => one.householdId !== householdId) === true;

/**
 * Undefined when the household is closed to this resident: then nothing of it is shown. Figures wait for the session,
 * which says whether they are those of a demo home: none is ever shown without that label.
 */
export const dashboardView = (input: DashboardInput, t: Messages): DashboardView | undefined => {
  if (isClosed(input)) return undefined;
  const { session, householdId, deviceMs } = input;
  const live = behind(session, input.live);
  const environment = behind(session, input.environment);
  const origin = session.data?.households.find((one) => one.householdId === householdId)?.origin;
  const nowMs = serverNow(live, deviceMs);
  const pending = live.data === undefined && live.error === null && !live.paused;
  const heard = { ts: live.data?.live.load.ts ?? null, nowMs, connected: isConnected(live) };
  return {
    chip: chipOf(pending ? undefined : heard, t),
    banner: bannerOf(live, t),
    origin: origin && originLabel(origin, t),
    now: cardOf(live, t, (data) => nowCard(data.live, nowMs, t)),
    today: cardOf(live, t, (data) => todayCard(data.live, t)),
    environment: environmentCard(environment, nowMs, t),
    devices: cardOf(live, t, (data) => devicesCard(data.live, nowMs, t)),
  };
};
