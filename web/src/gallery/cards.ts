import type { State } from './states.ts';

/** That an answer is old is said on every card alike: shared/view/card.ts. */
const WHOLE = { partial: 'its answer is whole, or it is refused' };
const ALWAYS_ONE = { empty: 'there is always one' };
const FORM = { ...WHOLE, ...ALWAYS_ONE };
const refusals = (why: string) => ({ error: why, offline: why, 'no-permission': why });
/** Drawn once another card has what it shows; until then that one says why there is nothing. */
const behind = (file: string) => ({ loading: `${file} waits`, ...refusals(`${file} says so`) });
const CLOSED = { 'no-permission': 'a home whose power may not be seen is closed as a whole: screens/closed-home.tsx' };
const SAID_ONCE = { empty: 'that there is no forecast yet is said once, by assistant/next-hour-card.tsx' };
const LIST = 'what is listed has cards of its own';

/** Why a card is never in a state. */
export const CANNOT_BE: Readonly<Record<string, Partial<Record<State, string>>>> = {
  'access/access-page.tsx': WHOLE,
  'advice/notes-card.tsx': { ...WHOLE, empty: 'that no weather is worth a word is its content' },
  'advice/results-card.tsx': { ...WHOLE, empty: 'before anything was tried it is not there' },
  'advice/suggestions-card.tsx': WHOLE,
  'assistant/consent-needed.tsx': {
    ...WHOLE,
    ...behind('assistant/next-hour-card.tsx'),
    ready: 'it says what is lacking',
  },
  'bill/supply-card.tsx': ALWAYS_ONE,
  'community/board-card.tsx': { ...WHOLE, ...behind('community/join-card.tsx') },
  'community/challenges-section.tsx': WHOLE,
  'community/join-card.tsx': FORM,
  'community/member-card.tsx': { ...FORM, ...behind('community/join-card.tsx') },
  'community/standing-card.tsx': { ...WHOLE, ...behind('community/join-card.tsx') },
  'consents/consents-page.tsx': { ...FORM, ready: LIST },
  'dashboard/assistant-part.tsx': WHOLE,
  'dashboard/co2-tile.tsx': WHOLE,
  'dashboard/devices-card.tsx': CLOSED,
  'dashboard/flows-part.tsx': {
    ...behind('dashboard/now-card.tsx'),
    empty: 'without more than a meter nothing flows, and it is not there',
  },
  'dashboard/later.tsx': {
    ...FORM,
    ...refusals('only a file of the app that cannot be fetched brings it there: see dashboard.test.tsx'),
    ready: 'it holds the place of other cards',
  },
  'dashboard/now-card.tsx': CLOSED,
  'devices/devices-page.tsx': { partial: 'each gateway says for itself what is silent' },
  'erasures/erase-household-page.tsx': { ...FORM, ...refusals('who may erase is known with the session') },
  'events/event-card.tsx': ALWAYS_ONE,
  'events/events-card.tsx': WHOLE,
  'events/rule-card.tsx': { ...FORM, ...behind('events/events-card.tsx') },
  'events/timeline-card.tsx': { ...FORM, ...behind('events/event-card.tsx') },
  'exports/exports-page.tsx': WHOLE,
  'forecast/accuracy-card.tsx': { ...WHOLE, ...SAID_ONCE },
  'forecast/days-card.tsx': SAID_ONCE,
  'forecast/hours-card.tsx': SAID_ONCE,
  'forecast/month-card.tsx': SAID_ONCE,
  'forecast/score-card.tsx': { ...WHOLE, ...SAID_ONCE },
  'members/members-page.tsx': FORM,
  'plan/orders-card.tsx': {
    ...WHOLE,
    ...behind('plan/plan-card.tsx'),
    empty: 'a plan without orders is told by plan/plan-card.tsx',
  },
  'rewards/balances-card.tsx': WHOLE,
  'rewards/elsewhere-card.tsx': {
    ...WHOLE,
    ...behind('rewards/balances-card.tsx'),
    empty: 'it is there once another platform gave something',
  },
  'rewards/entries-card.tsx': {
    ...WHOLE,
    empty: 'that nothing was earned yet is said once, by rewards/balances-card.tsx',
  },
  'rewards/payouts-card.tsx': {
    ...WHOLE,
    ...behind('rewards/balances-card.tsx'),
    empty: 'it is there once a payout is',
  },
  'savings/saving-card.tsx': WHOLE,
  'savings/score-tile.tsx': WHOLE,
  'screens/account.tsx': FORM,
  'screens/device.tsx': { partial: 'each figure of the device says for itself what is missing', ready: LIST },
  'screens/erase-account.tsx': FORM,
  'screens/evidence.tsx': FORM,
  'screens/inbox.tsx': WHOLE,
  'screens/notice-settings.tsx': FORM,
  'screens/onboarding.tsx': FORM,
  'screens/programmes.tsx': { ...FORM, ready: LIST },
  'screens/receipt.tsx': FORM,
};
