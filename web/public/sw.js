/* oxlint-disable typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-assignment, typescript/no-unsafe-argument -- runs as it stands, without a build; the type library of workers contradicts that of the page */

// Push and nothing else: it keeps no page and answers no request.

addEventListener('push', (event) => {
  const { title, body, path, tag } = event.data.json();
  event.waitUntil(registration.showNotification(title, { body, tag, icon: '/icon.svg', data: { path } }));
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
