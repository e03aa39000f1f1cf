import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

type Bundle = Readonly<Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>>;

const chunkOf = (bundle: Bundle, file: string): Rolldown.OutputChunk | undefined => {
  const found = bundle[file];
  return found?.type === 'chunk' ? found : undefined;
};

/** A file and those that it cannot run without. */
const withImports = (bundle: Bundle, file: string): string[] => [
  file,
  ...(chunkOf(bundle, file)?.imports ?? []).flatMap((one) => withImports(bundle, one)),
];

const tag = (attrs: NonNullable<HtmlTagDescriptor['attrs']>): HtmlTagDescriptor => ({
  tag: 'link',
  attrs,
  injectTo: 'head',
});

/**
 * The page names what its script will ask for first, so that it is fetched beside the script and not after it. Scripts stand behind
 * the style sheet in the queue: the frame of the page is on the screen before any of them can run.
 */
export const preload = (...names: readonly string[]): Plugin => {
  let base = '/';
  return {
    name: 'hems-preload',
    apply: 'build',
    configResolved: (config) => {
      base = config.base;
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const wanted = Object.values(bundle).filter((one) => one.type === 'chunk' && names.includes(one.name));
        const needed = wanted.flatMap(({ fileName }) => withImports(bundle, fileName));
        // What the page names anyway it need not name twice.
        const files = [...new Set(needed)].filter((file) => !html.includes(file));
        const styles = new Set(files.flatMap((file) => [...(chunkOf(bundle, file)?.viteMetadata?.importedCss ?? [])]));
        return {
          html: html.replaceAll('<script type="module"', '<script type="module" fetchpriority="low"'),
          tags: [
            ...files.map((file) =>
              tag({ rel: 'modulepreload', crossorigin: true, fetchpriority: 'low', href: base + file }),
            ),
            ...[...styles].map((file) => tag({ rel: 'preload', as: 'style', crossorigin: true, href: base + file })),
          ],
        };
      },
    },
  };
};
