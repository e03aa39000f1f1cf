import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Readonly<Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>>;
/** A `link` of the page, by the names of its properties. */
type Link = Readonly<Record<string, string>>;

const FIRST = 'first.js';
/** What stands in `public/first.js` for the list. */
const NONE_YET = 'const NEXT = {};';

const chunkOf = (bundle: Bundle, file: string): Rolldown.OutputChunk | undefined => {
  const found = bundle[file];
  return found?.type === 'chunk' ? found : undefined;
};

/** A file and those that it cannot run without. */
const withImports = (bundle: Bundle, file: string): string[] => [
  file,
  ...(chunkOf(bundle, file)?.imports ?? []).flatMap((one) => withImports(bundle, one)),
];

/** Links to the scripts and styles that bring these modules, without what the page names anyway. */
const linksTo = (bundle: Bundle, modules: readonly string[], page: string): Link[] => {
  const wanted = modules.map((module) => {
    const found = Object.keys(bundle).find((file) =>
      chunkOf(bundle, file)?.moduleIds.some((id) => id.endsWith(`/web/src/${module}`)),
    );
    if (found === undefined) throw new Error(`nothing brings ${module}, which web/vite.config.ts wants fetched early`);
    return found;
  });
  const scripts = [...new Set(wanted.flatMap((file) => withImports(bundle, file)))].filter(
    (file) => !page.includes(file),
  );
  const styles = new Set(scripts.flatMap((file) => [...(chunkOf(bundle, file)?.viteMetadata?.importedCss ?? [])]));
  return [
    ...[...styles].map((href) => ({ rel: 'preload', as: 'style', crossOrigin: '', href })),
    ...scripts.map((href) => ({ rel: 'modulepreload', crossOrigin: '', fetchPriority: 'low', href })),
  ];
};

/** `first.js` with what each screen asks for first: links by the name of the screen. */
const firstWith = (first: string, next: Readonly<Record<string, readonly Link[]>>): string => {
  if (!first.includes(NONE_YET)) throw new Error(`${FIRST} has no place for its files: it must hold ${NONE_YET}`);
  return first.replace(NONE_YET, `const NEXT = ${JSON.stringify(next)};`);
};

/**
 * The page's first script names what the screen at its address will ask for, so that it is fetched beside the app and not after it.
 * Scripts stand behind the style sheet in the queue: the frame of the page is on the screen before any of them can run.
 */
export const preload = (modules: Readonly<Record<string, readonly string[]>>): Plugin => {
  let [folder, base] = ['', '/'];
  return {
    name: 'hems-preload',
    apply: 'build',
    configResolved: (config) => {
      folder = resolve(config.root, config.build.outDir);
      ({ base } = config);
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replaceAll('<script type="module"', '<script type="module" fetchpriority="low"'),
    },
    writeBundle: (_, bundle) => {
      const page = readFileSync(join(folder, 'index.html'), 'utf8');
      const next: Record<string, readonly Link[]> = {};
      for (const [screen, needed] of Object.entries(modules))
        next[screen] = linksTo(bundle, needed, page).map((link) => ({ ...link, href: base + link['href'] }));
      const file = join(folder, FIRST);
      writeFileSync(file, firstWith(readFileSync(file, 'utf8'), next));
    },
  };
};
