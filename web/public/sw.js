/* oxlint-disable typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-assignment, typescript/no-unsafe-argument, typescript/no-unsafe-return -- runs as it stands, without a build; the type library of workers contradicts that of the page */

// Wakes for notices, and keeps the files of one version of the app so that it opens without a connection. No answer of the API is
// ever kept here: what a resident saw last is the page's to keep and to erase.

/** Written by the build (web/precache.ts): the files of this version, and its name. */
const { VERSION, FILES } = { VERSION: '', FILES: [] };

const OURS = 'hems-files-';
const CACHE = OURS + VERSION;
const PAGE = '/';
/** Addresses on the app's own origin that are not its screens: the local host serves API, sign-in and documents beside it. */
const ELSEWHERE =
  /^\/(v1|oidc|docs|gallery|ops|partner|uploads|downloads|healthz)(\/|$)|\.(css|html|ico|js|json|map|png|svg|txt|webmanifest|webp|woff2)$/;

/** All of them or none: a version that is only half there must not take over. */
const fetchAll = async () => {
  const cache = await caches.open(CACHE);
  // Names with a hash never change; the others are asked for anew.
  await cache.addAll(FILES.map((path) => new Request(path, path.startsWith('/assets/') ? {} : { cache: 'reload' })));
};

/** A version that could not be kept whole leaves nothing behind. */
const install = async () => {
  try {
    await fetchAll();
  } catch (why) {
    await caches.delete(CACHE);
    throw why;
  }
};

/** An open page holds a lock by the name of its script (web/src/offline/worker.ts): the server no longer has the files that it may ask for. */
const isRun = async (name, held) => {
  const cache = await caches.open(name);
  const found = await Promise.all(held.map((lock) => cache.match(lock.name)));
  return found.some((file) => file !== undefined);
};

/** Drops the versions that no page runs. */
const dropOlder = async () => {
  const others = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  const { held } = await navigator.locks.query();
  await Promise.all(others.map(async (name) => (await isRun(name, held)) || caches.delete(name)));
};

const ownFileOf = (path) => caches.match(path, { cacheName: CACHE });
/** A name with a hash is the same file in every version; the others are those of this one. */
const keptFileOf = async (path) =>
  (await ownFileOf(path)) ?? (path.startsWith('/assets/') ? caches.match(path) : undefined);
const fileOf = async (request, path) => (await keptFileOf(path)) ?? fetch(request);
const pageOf = async (request) => (await ownFileOf(PAGE)) ?? fetch(request);

addEventListener('install', (event) => event.waitUntil(install()));
addEventListener('activate', (event) => event.waitUntil(dropOlder()));
/** Said by the page once the resident has asked for the new version. */
addEventListener('message', ({ data }) => {
  if (data === 'take-over') void skipWaiting();
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (!ELSEWHERE.test(pathname)) event.respondWith(pageOf(request));
  } else if (FILES.includes(pathname) || pathname.startsWith('/assets/')) event.respondWith(fileOf(request, pathname));
});

addEventListener('push', (event) => {
  const { title, body, path, tag } = event.data.json();
  event.waitUntil(registration.showNotification(title, { body, tag, icon: '/icon-192.png', data: { path } }));
});

/** An open window of the app goes to the screen, otherwise a new one does. A path never leads to another origin. */
const show = async (path) => {
  const { href, origin } = new URL(path, location.origin);
  if (origin !== location.origin) return;
  const [first] = await clients.matchAll({ type: 'window' });
  if (first) await (await first.focus()).navigate(href);
  else await clients.openWindow(href);
};

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data.path));
});
