import type { Messages } from './messages.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const many = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;

export const en: Messages = {
  tag: 'en',
  brand: 'Home Energy',
  language: { switch: '한국어' },
  skipToContent: 'Skip to content',
  loading: 'Loading',
  retry: 'Try again',
  close: 'Close',

  nav: {
    label: 'Main screens',
    dashboard: 'Home',
    energy: 'Energy',
    assistant: 'AI',
    community: 'Community',
    rewards: 'Rewards',
    settings: 'Settings',
  },
  broken: {
    title: 'This page could not be shown',
    text: 'Reload the page. If that does not help, tell support.',
    reload: 'Reload',
  },

  household: {
    switch: 'Choose a home',
    loading: 'Looking for your home…',
    unproven: 'not proven yet',
  },

  freshness: {
    live: 'Live',
    minutesAgo: (minutes) => `${minutes} min ago`,
    delayed: 'Delayed',
    offline: 'Offline',
    unknown: 'Checking',
    none: 'No data',
    since: (time) => `last value ${time}`,
  },
  ago: {
    now: 'just now',
    seconds: (n) => `${n} s ago`,
    minutes: (n) => `${n} min ago`,
    hours: (n) => `${many(n, 'hour', 'hours')} ago`,
    days: (n) => `${many(n, 'day', 'days')} ago`,
  },
  clock: (hour, minute) => `${hour % 12 === 0 ? 12 : hour % 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}`,
  date: (month, day, weekday) => `${WEEKDAYS[weekday] ?? ''} ${day} ${MONTHS[month - 1] ?? ''}`,
  dayOfMonth: (month, day) => `${day} ${MONTHS[month - 1] ?? ''}`,
  month: (year, month) => `${MONTHS[month - 1] ?? ''} ${year}`,
  year: (year) => String(year),
  lastSeen: (time, ago) => `Last seen ${time} · ${ago}`,
  late: (moment) => `Received ${moment}.`,
  neverSeen: 'Nothing received yet',

  quality: { good: 'measured', estimated: 'estimated', missing: 'partly missing', bad: 'to be checked' },
  origin: {
    demo: 'Demo',
    simulated: 'Demo · simulated values',
    replayed: (country) => `Demo · replayed from a real home in ${country}`,
  },
  country: (name) => name.replace(/ \(.*\)$/, '').replace(/^United /, 'the United '),

  now: {
    title: 'Power now',
    spoken: (kw, ago) => `Power now ${kw} kilowatts, received ${ago}.`,
    spokenSilent: (kw, time) => `No values are arriving. The last one was ${kw} kilowatts at ${time}.`,
    spokenUnknown: 'The power is not known right now.',
    read: 'Read the value now',
    readLimit: 'Can be read once a minute',
    empty: {
      title: 'There is no meter yet',
      text: 'Once a meter is connected, the power you use appears here at once.',
    },
    silent: 'No values are arriving.',
    unknown: 'A device is missing.',
    unknownAge: 'unknown',
    connect: 'Connect',
  },
  later: {
    savedToday: 'Saved today',
    co2: 'CO₂',
    score: 'Efficiency',
    bill: 'Bill this month',
    day: 'Last 24 hours',
    flows: 'Power flows',
    assistant: 'AI suggestion',
    saved: 'Saved yesterday',
    environment: 'Indoor air',
    devices: 'Devices',
  },

  banner: {
    offline: 'You are offline. The last values received are shown.',
    unreachable: 'The server cannot be reached. The last values received are shown.',
    failing: 'New values cannot be fetched. The last values received are shown.',
  },
  failure: {
    'signed-out': { title: 'Your session has ended', text: 'Sign out, then sign in again.' },
    'no-permission': { title: 'You may not see this', text: 'Ask the owner of the home for permission.' },
    'not-found': { title: 'Not found', text: 'It was removed, or you may not see it.' },
    refused: { title: 'The request was refused', text: 'Reload the page and try again.' },
    'too-many': { title: 'Too many requests', text: 'Another attempt follows by itself in a moment.' },
    unreachable: { title: 'No connection', text: 'Check your internet connection. Another attempt follows by itself.' },
    unavailable: {
      title: 'The values could not be fetched',
      text: 'The service has a problem. Another attempt follows by itself.',
    },
    unreadable: { title: 'The values could not be read', text: 'This app may be out of date. Reload the page.' },
  },
};
