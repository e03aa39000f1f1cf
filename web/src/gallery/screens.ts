const HOME = '/households/home-1';

/** What of the app is shown under a name. */
type Shown = {
  /** its address in the app */
  readonly path: string;
  readonly signedOut?: true;
  /** answers that differ from those of the flat */
  readonly scene?: string;
  /** routes that answer although the others are refused or silent */
  readonly known?: readonly string[];
  /** the state of its cards although everything is answered */
  readonly shows?: 'empty';
  /** asks the service nothing before something is pressed: the same in every state */
  readonly still?: true;
};

/** Every screen of the app. */
export const SCREENS = {
  dashboard: { path: HOME },
  // Whoever may see the power and nothing else; without the power a home is closed as a whole.
  'dashboard-power': { path: HOME, known: ['readLive'] },
  energy: { path: `${HOME}/energy` },
  // The use of single devices is not held for a year.
  'energy-year': { path: `${HOME}/energy?scope=year&compare=before`, shows: 'empty' },
  'device-air': { path: `${HOME}/energy/devices/air-1` },
  'device-meter': { path: `${HOME}/energy/devices/meter-1`, scene: 'known-device', known: ['listDevices'] },
  bill: { path: `${HOME}/bill` },
  advice: { path: `${HOME}/assistant` },
  forecast: { path: `${HOME}/assistant/forecast` },
  plan: { path: `${HOME}/assistant/plan` },
  'consent-needed': { path: `${HOME}/assistant/forecast`, scene: 'no-consent', shows: 'empty' },
  community: { path: `${HOME}/community` },
  'community-join': { path: `${HOME}/community`, scene: 'outsider' },
  rewards: { path: `${HOME}/rewards` },
  programmes: { path: `${HOME}/rewards/programmes` },
  events: { path: `${HOME}/rewards/events` },
  event: { path: `${HOME}/rewards/events/evening-1` },
  'event-running': { path: `${HOME}/rewards/events/evening-1`, scene: 'event-running' },
  'event-over': { path: `${HOME}/rewards/events/evening-0`, scene: 'event-over' },
  evidence: { path: `${HOME}/rewards/entries/energy-cashback.2026-09.0000` },
  onboarding: { path: `${HOME}/onboarding` },
  settings: { path: `${HOME}/settings`, still: true },
  devices: { path: `${HOME}/settings/devices` },
  members: { path: `${HOME}/settings/members` },
  consents: { path: `${HOME}/settings/consents` },
  access: { path: `${HOME}/settings/access` },
  exports: { path: `${HOME}/settings/exports` },
  erase: { path: `${HOME}/settings/erase` },
  account: { path: '/account' },
  'erase-account': { path: '/erase-account' },
  inbox: { path: '/inbox' },
  'notice-settings': { path: '/inbox/settings' },
  join: { path: '/join', scene: 'newcomer', still: true },
  receipt: { path: '/erasures/AAAAAAAAAAAAAAAAAAAAAA' },
  invitation: { path: '/invitations', still: true },
  unsubscribe: { path: '/unsubscribe#token', still: true },
  closed: { path: '/households/somebody-elses', still: true },
  'not-found': { path: '/nowhere/at/all', still: true },
  landing: { path: '/', signedOut: true, still: true },
  'not-signed-in': { path: '/signed-in', signedOut: true, still: true },
} as const satisfies Record<string, Shown>;
export type Screen = keyof typeof SCREENS;

export const SCREEN_NAMES = Object.keys(SCREENS).filter((name): name is Screen => name in SCREENS);

export const shownAs = (screen: Screen): Shown => SCREENS[screen];
