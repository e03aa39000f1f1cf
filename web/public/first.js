// Before anything else runs: which page is drawn while the app is on its way. Whoever is signed in gets the frame of a home, a visitor the
// words of the sign-in page; whoever reads English, or is told something else there, waits a moment longer.
const { pathname } = location;
const isHome = /^\/(signed-in$|gallery\/)/.test(pathname) || sessionStorage.getItem('hems.session') !== null;
const isPlain = localStorage.getItem('hems.locale') === 'en' || sessionStorage.getItem('hems.sessionEnded') !== null;
const visitor = isPlain ? 'nothing' : 'visitor';
document.documentElement.dataset.first = isHome ? 'home' : visitor;

/**
 * Written by the build (web/preload.ts): what each screen asks for first. It is fetched beside the app and not after it.
 *
 * @type {Record<string, Record<string, string>[]>}
 */
const NEXT = {};
const [, home = 'dashboard'] = /^\/(?:gallery|households\/[^/]+)\/([\w-]+)/.exec(pathname) ?? [];
const fetchNext = () => {
  for (const attributes of NEXT[isHome ? home : 'visitor'] ?? [])
    document.head.append(Object.assign(document.createElement('link'), attributes));
};
// The frame of the page is painted before them.
requestAnimationFrame(() => setTimeout(fetchNext));
