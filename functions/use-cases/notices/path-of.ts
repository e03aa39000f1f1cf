import type { NoticeKind } from '@hems/models/notices/kinds';

/** The screen of the app that a notice is about, below the household. */
const SCREEN: Readonly<Record<Exclude<NoticeKind, 'security'>, string>> = {
  'unusual-use': '/energy',
  'tier-ahead': '/bill',
  budget: '/bill',
  'event-invitation': '/rewards/events',
  'event-result': '/rewards/events',
  'device-offline': '/settings/devices',
  'reward-paid': '/rewards',
  'challenge-end': '/community',
  'weekly-summary': '/energy',
  marketing: '/rewards/programmes',
};

const MEMBERS = '/settings/members';
/** Of security by what it is about; the members screen where nothing else is said. */
const securityScreen = (what: unknown): string => {
  if (what === 'claims-locked' || what === 'gateway-doubled') return '/settings/devices';
  return typeof what === 'string' && what.startsWith('residence-') ? '/onboarding' : MEMBERS;
};

const EVENT_KINDS: readonly NoticeKind[] = ['event-invitation', 'event-result'];
/** A notice of an event leads to that event. */
const eventOf = (kind: NoticeKind, { eventId }: Readonly<Record<string, unknown>>): string =>
  EVENT_KINDS.includes(kind) && typeof eventId === 'string' ? `/${eventId}` : '';

export const pathOf = (
  kind: NoticeKind,
  householdId: string | null,
  facts: Readonly<Record<string, unknown>>,
): string => {
  if (householdId === null) return '/inbox';
  const screen = kind === 'security' ? securityScreen(facts['what']) : `${SCREEN[kind]}${eventOf(kind, facts)}`;
  return `/households/${householdId}${screen}`;
};
