import { createClient } from '@hems/shared/client/client';
import { KOREAN } from '@hems/shared/i18n/locale';
import { createQueryClient } from '@hems/shared/queries/query-client';
import { createMemoryHistory } from '@tanstack/react-router';
import { configure, render } from '@testing-library/react';
import { App } from '../app.tsx';
import { createAppRouter, type AppRouter } from '../router.tsx';
import { fakeAuth, type FakeAuth } from './fake-auth.ts';

// Other tests share the two cores; what is waited for is an event, not a duration.
configure({ asyncUtilTimeout: 4000 });
// jsdom lays nothing out: it has neither scrolling nor sizes. The window is a phone's.
window.scrollTo = () => undefined;
window.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });
window.ResizeObserver = class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
// Nor does it open popovers: here they stand open.
document.head.append(Object.assign(document.createElement('style'), { textContent: '[popover] { display: block }' }));

export type Opened = { readonly auth: FakeAuth; readonly router: AppRouter; readonly signedOut: string[] };

/** The app at an address, as `main.tsx` puts it together, without an identity provider. */
export const openApp = (path = '/households/home-1', auth = fakeAuth()): Opened => {
  const router = createAppRouter(createMemoryHistory({ initialEntries: [path] }));
  const signedOut: string[] = [];
  const queryClient = createQueryClient(() => signedOut.push(router.state.location.href));
  // A failure shows at once instead of after two more attempts.
  queryClient.setDefaultOptions({ queries: { retry: false } });
  const call = createClient({ apiBase: '', accessToken: auth.getAccessToken });
  render(<App language={KOREAN} auth={auth} call={call} queryClient={queryClient} router={router} />);
  return { auth, router, signedOut };
};
