import type { Messages } from './messages.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const many = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;

export const en: Messages = {
  tag: 'en',
  brand: 'Home Energy',
  language: { name: 'English', switch: '한국어', switchLabel: '한국어로 보기' },
  theme: { label: (now) => `Appearance: ${now}`, system: 'as the system', light: 'light', dark: 'dark' },
  skipToContent: 'Skip to content',
  loading: 'Loading',
  retry: 'Try again',

  signIn: {
    title: 'How much power is your home using right now?',
    lead: 'You see what your meter sends, every 5 seconds. A late value says that it is late, an estimate that it is an estimate.',
    button: 'Sign in',
    points: [
      { title: 'Power now', text: 'Always with the age of the value.' },
      { title: 'The last 24 hours', text: 'When you used most, as a chart and as a table.' },
      { title: 'Devices and indoor air', text: 'When each device was last heard, temperature, humidity and CO₂.' },
    ],
    going: 'Going to the sign-in page…',
    failed: 'Sign-in did not work',
    failedText: 'The sign-in service could not be reached, or the sign-in took too long. Please sign in again.',
  },
  signOut: 'Sign out',
  notFound: {
    title: 'This page does not exist',
    text: 'The address may have changed or been mistyped.',
    home: 'To the start',
  },
  broken: {
    title: 'This page could not be shown',
    text: 'Reload the page. If that does not help, tell support.',
    reload: 'Reload',
  },

  household: {
    switch: 'Choose a home',
    loading: 'Looking for your home…',
    none: {
      title: 'No home is linked to you yet',
      text: 'Ask the owner of the home to invite you as a member. It then appears here.',
    },
    denied: {
      title: 'You may not see this home',
      text: 'Only its members can. Ask the owner for an invitation, or go back to your own home.',
      home: 'My home',
    },
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
  hourTick: (hour) => `${hour}:00`,
  date: (month, day, weekday) => `${WEEKDAYS[weekday] ?? ''} ${day} ${MONTHS[month - 1] ?? ''}`,
  lastSeen: (time, ago) => `Last seen ${time} · ${ago}`,
  neverSeen: 'Nothing received yet',

  quality: { good: 'measured', estimated: 'estimated', missing: 'partly missing', bad: 'to be checked' },
  origin: {
    simulated: 'Demo · simulated values',
    simulatedLong: 'Demo data: made by a simulator. Not a real household.',
    replayed: (country) => `Demo · replayed from a real home in ${country}`,
    replayedLong: (o) =>
      `Demo data: recorded in a real home in ${o.country} (${o.credit}), dates shifted by ${o.shiftDays} days, values scaled ×${o.scale}. Not a Korean household.`,
    pvScale: (scale) => `Solar values scaled ×${scale}.`,
    more: 'Details',
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
    silent: 'The device has gone silent. This is the last value it sent.',
    unknown: 'A device is missing, so the power of the home cannot be told right now.',
    flows: 'Power flows',
  },
  flow: {
    grid: 'Grid',
    solar: 'Solar',
    battery: 'Battery',
    importing: 'from the grid',
    exporting: 'to the grid',
    generating: 'generating',
    charging: 'charging',
    discharging: 'discharging',
    idle: 'idle',
    unknown: 'unknown',
    charge: (percent) => `${percent}% full`,
  },
  today: {
    title: 'Used today',
    since: 'since midnight',
    empty: { title: 'Nothing recorded today', text: 'With the first value you see what was used since midnight.' },
    missing: 'Some hours are missing, so the true figure may be higher.',
    bad: 'Some values look wrong and are being checked.',
  },
  day: {
    title: 'Last 24 hours',
    empty: {
      title: 'Nothing recorded in the last 24 hours',
      text: 'A chart in steps of 15 minutes is drawn here as values arrive.',
    },
    summary: (s) =>
      `Power over the last 24 hours: lowest ${s.least}, highest ${s.most} at ${s.mostAt}, last ${s.last} at ${s.lastAt}.`,
    partial: (missing) =>
      `${many(missing, 'quarter hour has', 'quarter hours have')} no record and ${missing === 1 ? 'is' : 'are'} left blank.`,
    unit: 'in kW',
    estimatedLegend: 'estimated',
    measuredLegend: 'measured',
    gapLegend: 'blank: no record',
    table: 'Show as table',
    chart: 'Show as chart',
    tableCaption: 'Use by quarter hour over the last 24 hours, newest first',
    columns: { time: 'Time', power: 'Power', energy: 'Energy', quality: 'Quality' },
    none: 'none',
  },
  environment: {
    title: 'Indoor air',
    temperature: 'Temperature',
    humidity: 'Humidity',
    co2: 'CO₂',
    empty: {
      title: 'No sensor is connected',
      text: 'Connect an air sensor or a thermostat to see temperature and humidity.',
    },
    partial: 'A sensor has gone silent; its last values are shown with their time.',
  },
  devices: {
    title: 'Devices',
    empty: { title: 'No device is connected', text: 'Connect a device to see when it was last heard.' },
    partial: (silent) => `${many(silent, 'device has', 'devices have')} gone silent.`,
  },
  kind: {
    smart_meter: 'Smart meter',
    smart_plug: 'Smart plug',
    thermostat: 'Thermostat',
    solar_inverter: 'Solar inverter',
    battery: 'Battery',
    environment_sensor: 'Air sensor',
    ev_charger: 'EV charger',
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
