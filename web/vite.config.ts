import { cssVariables } from '@hems/shared/tokens/css';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { answersOnly } from './answers-only.ts';
import { precache } from './precache.ts';
import { preload } from './preload.ts';

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

export default defineConfig(({ mode }) => ({
  ...(mode === GALLERY && { base: '/gallery/' }),
  plugins: [
    react(),
    tokens(),
    answersOnly(),
    ...(mode === GALLERY ? [gallery(), preload('answers', 'later')] : [preload('outside'), precache()]),
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
          groups: [
            // The app and all it rests on stay one file; what screens share with it would be torn out of it otherwise, 2 KB more.
            { name: 'index', test: /web\/src\/(gallery\/)?main\.tsx$/, priority: 2 },
            // The app names each file that it may fetch, and has little room for names: what goes together is one file.
            {
              name: 'bell',
              test: /web\/src\/inbox\/(bell|push)\.|household\/origin-story\.|shared\/(api|queries|i18n|i18n\/ko)\/inbox|shared\/view\/unread/,
              priority: 1,
            },
            // The gallery's answers and the contract they are checked by: what is measured there are the app's files, not these.
            { name: 'answers', test: /web\/src\/gallery\/answers\.|shared\/testing\//, priority: 1 },
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
            // The small parts that screens share: one file instead of ten.
            {
              name: 'parts',
              test: /web\/src\/(ui|household)\/|shared\/format\/|shared\/view\/(word|supply)\.|models\/household\/consents\./,
              minShareCount: 2,
              priority: 1,
            },
            // What the dashboard fetches once the power is on the screen, in one go, with the parts of charts and the reasons that other screens share.
            {
              name: 'later',
              test: /web\/src\/dashboard\/later-parts\.|shared\/chart\/(day-chart|buckets|path|sample|scale)\.|shared\/i18n\/(ko\/)?reasons\./,
            },
            // The ledger, its programmes and the evidence of an entry stand under the same words and styles.
            {
              name: 'rewards',
              test: /web\/src\/(rewards\/|screens\/(rewards|programmes|evidence)\.)|shared\/i18n\/(ko\/)?rewards\./,
            },
          ],
        },
      },
      // "use client" means nothing in a browser bundle.
      onLog: (level, log, show) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : show(level, log)),
    },
  },
}));
