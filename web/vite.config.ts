import { cssVariables } from '@hems/shared/tokens/css';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { answersOnly } from './answers-only.ts';
import { precache } from './precache.ts';
import { preload } from './preload.ts';
import { workedOut } from './worked-out.ts';

const TOKENS = 'virtual:tokens.css';

/** The palette of `shared/tokens` as a style sheet, so that no colour is written twice. */
const tokens = (): Plugin => ({
  name: 'hems-tokens',
  resolveId: (id) => (id === TOKENS ? `\0${TOKENS}` : undefined),
  load: (id) => (id === `\0${TOKENS}` ? cssVariables() : undefined),
});

const GALLERY = 'gallery';

/** The page of the app with the gallery's script in place of the app's own, which asks for no configuration. */
const gallery = (): Plugin => ({
  name: 'hems-gallery',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) =>
      html
        .replace('/src/main.tsx', '/src/gallery/main.tsx')
        .replace(/ *<link rel="preload" href="\/config\.json".*\n/, ''),
  },
});

const ofHome = (screen: string): string[] => ['screens/of-home.ts', `screens/${screen}.tsx`];
/** What a screen asks for first, by its name in the address: modules, and with them the files that bring them. */
const SCREENS = {
  dashboard: ['dashboard/later-parts.tsx'],
  energy: ofHome('energy'),
  bill: ofHome('bill'),
  assistant: ofHome('assistant'),
  community: ofHome('community'),
  rewards: ofHome('rewards'),
};
const eachWith = (module: string): Record<string, string[]> =>
  Object.fromEntries(Object.entries(SCREENS).map(([screen, modules]) => [screen, [module, ...modules]]));
const FIRST = { visitor: ['screens/landing.tsx'], ...eachWith('auth/oidc-client.ts') };
const OPENING = eachWith('gallery/opening.ts');
const GALLERY_FIRST = { ...OPENING, dashboard: [...(OPENING['dashboard'] ?? []), 'gallery/worked-out-home.ts'] };

/** Which modules go together into one file; the rest is cut where screens are fetched. */
const FILES = [
  // What changes seldom: kept by the browser from version to version, and fetched beside the app.
  { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 4 },
  // The app and all else it rests on stay one file; what screens share with it would be torn out of it otherwise, 2 KB more.
  { name: 'index', test: /web\/src\/(gallery\/)?main\.tsx$|shared\/i18n\/texts\./, priority: 3 },
  // The small parts that screens share, and where each screen of a home is found: one file instead of twenty.
  {
    name: 'parts',
    test: /web\/src\/(ui|household|screens\/of-home)[/.]|shared\/format\/|shared\/(chart|view|queries)\/(path|sample|scale|word|supply|action|paged)\.|models\/household\/(consents|permissions|supply)\.|shared\/i18n\/(ko\/)?(reasons|home)\./,
    priority: 2,
  },
  // The app names each file that it may fetch, and has little room for names: what goes together is one file.
  {
    name: 'tools',
    test: /web\/src\/(frame-tools|preferences\/display-choices|inbox\/(bell|push))\.|household\/origin-story\.|shared\/(api|queries|i18n|i18n\/ko)\/(inbox|display)|shared\/view\/unread/,
    priority: 1,
  },
  // What the gallery answers first. What takes contract and tariffs comes apart.
  {
    name: 'answers',
    test: /web\/src\/gallery\/opening\.|shared\/testing\/(flat|flat-energy|asked)\./,
    priority: 2,
  },
  {
    name: 'offline',
    test: /web\/src\/offline\/|shared\/i18n\/(ko\/)?offline\./,
    priority: 1,
  },
  {
    name: 'outside',
    test: /screens\/(landing|not-signed-in|sign-in-button|not-found|closed-home)\.|shared\/i18n\/(ko\/)?(landing|pages)\./,
    priority: 1,
  },
  // What the dashboard shares with the pages of energy and bill.
  {
    name: 'figures',
    test: /shared\/queries\/(usage|days)\.|shared\/(queries|view|i18n|i18n\/ko)\/bill\./,
    priority: 1,
  },
  // What the dashboard fetches beside the power, and after that, each in one go.
  { name: 'later', test: /web\/src\/dashboard\/later-parts\./, priority: 0.5 },
  { name: 'below', test: /web\/src\/dashboard\/below-parts\./ },
  // The use of energy in one go.
  { name: 'energy', test: /web\/src\/(energy\/|screens\/energy\.)|shared\/i18n\/(ko\/)?energy\./ },
  // The ledger, its programmes and the evidence of an entry stand under the same words and styles.
  {
    name: 'rewards',
    test: /web\/src\/(rewards\/|screens\/(rewards|programmes|evidence)\.)|shared\/i18n\/(ko\/)?rewards\./,
  },
];

export default defineConfig(({ mode }) => ({
  ...(mode === GALLERY && { base: '/gallery/' }),
  plugins: [
    react(),
    tokens(),
    answersOnly(),
    ...(mode === GALLERY ? [gallery(), workedOut(), preload(GALLERY_FIRST)] : [preload(FIRST), precache()]),
  ],
  resolve: {
    dedupe: ['react', 'react-dom', '@tanstack/react-query'],
    // React has had the hook itself since 18: the shim for older ones is dead weight.
    alias: { 'use-sync-external-store/shim/with-selector': 'use-sync-external-store/with-selector' },
  },
  build: {
    outDir: mode === GALLERY ? 'dist-gallery' : 'dist',
    // A style sheet or script inlined into the page would need `unsafe-inline`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: FILES,
        },
      },
      // "use client" means nothing in a browser bundle.
      onLog: (level, log, show) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : show(level, log)),
    },
  },
}));
