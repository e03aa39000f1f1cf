import type { Plugin } from 'vite';

const FILES = {
  'worked-out': async () => import('./src/gallery/worked-out.ts'),
  'worked-out-home': async () => import('./src/gallery/worked-out-home.ts'),
};

/** Works out at build time what the gallery's service says, as a service does before a page asks: the page gets the outcome alone. */
export const workedOut = (): Plugin => ({
  name: 'hems-worked-out',
  apply: 'build',
  load: {
    filter: { id: /\/gallery\/worked-out(-home)?\.ts$/ },
    handler: async (id) => {
      const answers = await FILES[id.endsWith('-home.ts') ? 'worked-out-home' : 'worked-out']();
      return `export const workedOut = JSON.parse(${JSON.stringify(JSON.stringify(answers.workedOut))});`;
    },
  },
});
