/** What a person may be told of, and the rules of each kind, as data. */
export const NOTICE_KINDS = [
  'unusual-use',
  'tier-ahead',
  'budget',
  'event-invitation',
  'event-result',
  'device-offline',
  'reward-paid',
  'challenge-end',
  'weekly-summary',
  'security',
  'marketing',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** How a notice reaches somebody who does not look at the inbox. */
export const MESSAGE_CHANNELS = ['push', 'email'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];
export type Channels = { readonly inbox: boolean } & { readonly [channel in MessageChannel]: boolean };

export type KindRule = {
  /** until the person chooses otherwise */
  readonly channels: Channels;
  /** whom of a household it is for; a viewer decides nothing */
  readonly to: 'everyone' | 'deciders' | 'owners';
  /** the same happening, told again within this, is not told again */
  readonly sameForHours: number;
  /** a message that could not go by then does not go any more */
  readonly freshForHours: number;
  /** waits for the end of quiet hours */
  readonly everyday: boolean;
  /** counts into the weekly cap and the pushes of a day, and is held by them; events that a home has joined come beside them */
  readonly countsToCap: boolean;
};

const IN_APP: Channels = { inbox: true, push: false, email: false };
const WAKING: Channels = { inbox: true, push: true, email: false };
const DAY = 24;
/** Longer than any meter-reading period and than the 30 days in which a result may still be settled again. */
const PERIOD = 45 * DAY;
const EVERYDAY = {
  to: 'everyone',
  sameForHours: PERIOD,
  freshForHours: DAY,
  everyday: true,
  countsToCap: true,
} as const;

export const KINDS: Readonly<Record<NoticeKind, KindRule>> = {
  'unusual-use': { ...EVERYDAY, channels: WAKING, freshForHours: 12 },
  'tier-ahead': { ...EVERYDAY, channels: WAKING },
  budget: { ...EVERYDAY, channels: WAKING },
  'event-invitation': { ...EVERYDAY, channels: WAKING, to: 'deciders', countsToCap: false },
  'event-result': { ...EVERYDAY, channels: IN_APP },
  // the key names the gateway: while it stays away it is told once a day
  'device-offline': { ...EVERYDAY, channels: WAKING, sameForHours: DAY },
  'reward-paid': { ...EVERYDAY, channels: WAKING, to: 'deciders' },
  'challenge-end': { ...EVERYDAY, channels: IN_APP },
  'weekly-summary': { ...EVERYDAY, channels: { inbox: true, push: false, email: true }, freshForHours: 3 * DAY },
  security: {
    channels: { inbox: true, push: true, email: true },
    to: 'owners',
    sameForHours: PERIOD,
    freshForHours: 3 * DAY,
    everyday: false,
    countsToCap: false,
  },
  marketing: { ...EVERYDAY, channels: IN_APP, freshForHours: 3 * DAY },
};

/** Carry what a home used, so they are for homes that somebody has proved to live in. */
export const needsProof = (kind: NoticeKind): boolean => kind !== 'security';
