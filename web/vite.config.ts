import { cssVariables } from '@hems/shared/tokens/css';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const TOKENS = 'virtual:tokens.css';

/** The palette of `shared/tokens` as a style sheet, so that no colour is written twice. */
const tokens = (): Plugin => ({
  name: 'hems-tokens',
  resolveId: (id) => (id === TOKENS ? `\0${TOKENS}` : undefined),
  load: (id) => (id === `\0${TOKENS}` ? cssVariables() : undefined),
});

export default defineConfig({
  plugins: [react(), tokens()],
  resolve: { dedupe: ['react', 'react-dom', '@tanstack/react-query'] },
  build: {
    // A style sheet or script inlined into the page would need `unsafe-inline`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // "use client" means nothing in a browser bundle.
      onLog: (level, log, show) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : show(level, log)),
    },
  },
});
