import { HOUR_MS } from '@hems/models/calendar/seoul';
import { agoCoarseText, momentText } from '../format/time.ts';
import type { Messages } from '../i18n/messages.ts';

const MINUTE_MS = 60_000;
const LIVE_MS = 30_000;
/** Behind this a value is late. */
export const RECENT_MS = 15 * MINUTE_MS;
const OFFLINE_MS = HOUR_MS;

/** An unwatched gateway reports once a minute: two minutes without a value means the device has gone silent. */
export const SILENT_MS = 2 * MINUTE_MS;
/** Devices and sensors may report less often than the meter. */
const QUIET_MS = RECENT_MS;

/** The data-state chip. `since` is the time of the newest value, where the text does not tell its age. */
export type Chip = {
  readonly state: 'live' | 'recent' | 'delayed' | 'offline' | 'unknown';
  readonly text: string;
  readonly since?: string;
};

type Heard = {
  /** time of the newest value; null: never */
  readonly ts: number | null;
  readonly nowMs: number;
  readonly connected: boolean;
};

const stateOf = ({ ts, nowMs, connected }: Heard): Exclude<Chip['state'], 'unknown'> => {
  const ageMs = ts === null ? Number.POSITIVE_INFINITY : nowMs - ts;
  if (!connected || ageMs >= OFFLINE_MS) return 'offline';
  if (ageMs < LIVE_MS) return 'live';
  return ageMs < RECENT_MS ? 'recent' : 'delayed';
};

export const chipOf = (heard: Heard | undefined, t: Messages): Chip => {
  if (heard === undefined) return { state: 'unknown', text: t.freshness.unknown };
  if (heard.ts === null && heard.connected) return { state: 'offline', text: t.freshness.none };
  const state = stateOf(heard);
  if (state === 'live') return { state, text: t.freshness.live };
  if (heard.ts === null) return { state, text: t.freshness.offline };
  if (state === 'recent') {
    const minutes = Math.max(1, Math.floor((heard.nowMs - heard.ts) / MINUTE_MS));
    return { state, text: t.freshness.minutesAgo(minutes) };
  }
  return { state, text: t.freshness[state], since: t.freshness.since(momentText(heard.ts, heard.nowMs, t)) };
};

/** When a device was last heard: how long ago, and the time as well once it is quiet. */
export const seenOf = (
  ts: number | null,
  nowMs: number,
  t: Messages,
): { readonly silent: boolean; readonly text: string } => {
  if (ts === null) return { silent: true, text: t.neverSeen };
  const ago = agoCoarseText(nowMs - ts, t);
  return nowMs - ts < QUIET_MS
    ? { silent: false, text: ago }
    : { silent: true, text: t.lastSeen(momentText(ts, nowMs, t), ago) };
};
