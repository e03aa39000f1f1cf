const WORKER = '/sw.js';
/** A page that stays open for days hears of a new version when somebody comes back to it. */
const ASK_AGAIN_MS = 60 * 60_000;
/** The worker fetches the whole app for later: after the first screen, not beside it. */
const SETTLE_MS = 3000;

export type NewVersion = () => void;

/** The page never reloads by itself: something may be half written. `reload` has the waiting version take over first. */
const offer = (registration: ServiceWorkerRegistration, tell: (reload: NewVersion) => void): void => {
  const { waiting } = registration;
  if (waiting === null || navigator.serviceWorker.controller === null) return;
  tell(() => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no other origin
    waiting.postMessage('take-over');
  });
};

const watch = (registration: ServiceWorkerRegistration, tell: (reload: NewVersion) => void): void => {
  offer(registration, tell);
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', () => offer(registration, tell));
  });
  let askedMs = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' || Date.now() - askedMs < ASK_AGAIN_MS) return;
    askedMs = Date.now();
    // Without a connection there is nothing new to hear.
    registration.update().catch(() => undefined);
  });
};

/** As long as the page is open, the worker keeps the files of its version: the lock has the name of the script that names them all. */
const holdVersion = (): void => {
  const script = document.querySelector<HTMLScriptElement>('script[type=module]');
  if (script)
    navigator.locks
      .request(script.src, { mode: 'shared' }, async () => new Promise(() => undefined))
      .catch(reportError);
};

/** Has this browser keep the app's files, and tells when a newer version is ready: at once, later, or because another tab took it. */
export const openWorker = (tell: (reload: NewVersion) => void): void => {
  if (!import.meta.env.PROD || import.meta.env.MODE !== 'production' || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  holdVersion();
  if (serviceWorker.controller !== null)
    serviceWorker.addEventListener('controllerchange', () => tell(() => location.reload()));
  setTimeout(() => {
    serviceWorker.register(WORKER).then((registration) => watch(registration, tell), reportError);
  }, SETTLE_MS);
};
