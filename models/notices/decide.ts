import { DAY_MS, HOUR_MS, localDate } from '../calendar/seoul.ts';
import { KINDS, type Channels, type MessageChannel, type NoticeKind } from './kinds.ts';
import { ADVERTISING_NIGHT, firstInside, firstOutside, type Hours } from './quiet.ts';

/** What a person has chosen, as far as a decision needs it. */
export type Preferences = {
  readonly channels: Channels;
  readonly quiet: Hours | null;
  /** messages, of whatever channel, in seven days */
  readonly weeklyCap: number;
};

/** One message of one notice over one channel, at the moment in which it could go. */
export type Asked = {
  readonly kind: NoticeKind;
  readonly channel: MessageChannel;
  readonly preferences: Preferences;
  readonly nowMs: number;
  /** when the person was told */
  readonly toldMs: number;
  /** what it is about has begun by then; absent: nothing begins */
  readonly untilMs?: number | undefined;
  /** when messages that count were sent to the person before, in any order */
  readonly sentMs: readonly number[];
  /** the pushes among them */
  readonly pushedMs: readonly number[];
  /** the person agrees to marketing now */
  readonly consent: boolean;
};

export const NEVER = ['switched-off', 'no-consent', 'daily-cap', 'weekly-cap', 'too-late', 'always-quiet'] as const;
export type Decision =
  /** and no later than `untilMs`: then it is no news any more, or the person's quiet has begun */
  | { readonly when: 'now'; readonly untilMs: number }
  | { readonly when: 'at'; readonly atMs: number }
  | { readonly when: 'never'; readonly why: (typeof NEVER)[number] };

export const WEEK_MS = 7 * DAY_MS;
/** Everyday pushes on one date of Seoul; what comes after the first is read in the inbox. */
const PUSHES_A_DAY = 1;
/** The messages that count into the cap at an instant: those of the seven days before it. */
export const ofLastWeek = (sentMs: readonly number[], nowMs: number): number[] =>
  sentMs.filter((ms) => ms > nowMs - WEEK_MS);

const never = (why: (typeof NEVER)[number]): Decision => ({ when: 'never', why });

const hoursOf = ({ kind, preferences: { quiet } }: Asked): Hours[] => [
  ...(quiet && KINDS[kind].everyday ? [quiet] : []),
  ...(kind === 'marketing' ? [ADVERTISING_NIGHT] : []),
];

const lastMs = ({ kind, toldMs, untilMs = Number.POSITIVE_INFINITY }: Asked): number =>
  Math.min(toldMs + KINDS[kind].freshForHours * HOUR_MS, untilMs);

const capOf = ({
  kind,
  channel,
  nowMs,
  sentMs,
  pushedMs,
  preferences,
}: Asked): 'daily-cap' | 'weekly-cap' | undefined => {
  if (!KINDS[kind].countsToCap) return undefined;
  if (ofLastWeek(sentMs, nowMs).length >= preferences.weeklyCap) return 'weekly-cap';
  const today = localDate(nowMs);
  const isFull = channel === 'push' && pushedMs.filter((ms) => localDate(ms) === today).length >= PUSHES_A_DAY;
  return isFull ? 'daily-cap' : undefined;
};

/**
 * When the message goes: now, at the end of quiet hours, or never and why. Asked again at the moment of sending, so that what the person
 * chose or withdrew meanwhile counts, and so that the cap is of seven rolling days whatever waited.
 */
export const decide = (asked: Asked): Decision => {
  const { kind, channel, nowMs, preferences } = asked;
  if (!preferences.channels[channel]) return never('switched-off');
  if (kind === 'marketing' && !asked.consent) return never('no-consent');
  const atMs = firstOutside(hoursOf(asked), nowMs);
  if (atMs === undefined) return never('always-quiet');
  if (atMs >= lastMs(asked)) return never('too-late');
  if (atMs > nowMs) return { when: 'at', atMs };
  const cap = capOf(asked);
  if (cap !== undefined) return never(cap);
  const quietMs = firstInside(hoursOf(asked), nowMs) ?? Number.POSITIVE_INFINITY;
  return { when: 'now', untilMs: Math.min(lastMs(asked), quietMs) };
};
