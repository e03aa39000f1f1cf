import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { ledThrough } from './asked.ts';

/** For the processes that tests start. */
registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (!url.startsWith('file:') || !loaded.source) return loaded;
    const file = fileURLToPath(url);
    if (!file.endsWith('.ts') || file.includes('node_modules')) return loaded;
    const { source } = loaded;
    const code = typeof source === 'string' ? source : new TextDecoder().decode(source);
    const led = ledThrough(code, file);
    return led === undefined ? loaded : { ...loaded, source: led };
  },
});
