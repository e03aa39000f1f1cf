import 'virtual:tokens.css';
import './shell.css';
import { createClient } from '@hems/shared/client/client';
import { KOREAN } from '@hems/shared/i18n/locale';
import { createQueryClient } from '@hems/shared/queries/query-client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { followSession } from './auth/follow-session.ts';
import { expectsToken, openOidcAuth } from './auth/oidc-auth.ts';
import { leavingFirst } from './auth/leaving-first.ts';
import { isStill } from './auth/session-seed.ts';
import { signInAgain } from './auth/sign-in-again.ts';
import { loadConfig } from './config.ts';
import './offline/install-offer.ts';
import { applyAppearance, storedAppearance } from './preferences/appearance.ts';
import { storedLanguage, storedLocale } from './preferences/preferences.tsx';
import { createAppRouter } from './router.tsx';
import { Broken } from './screens/broken.tsx';
import { Landing } from './screens/signed-in-only.tsx';

applyAppearance(storedAppearance());

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no #root');
const root = createRoot(place);

/** Made at the first use and kept; after a failure the next use tries again. */
const once = <T,>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
};

const start = async (): Promise<void> => {
  const library = once(async () => import('./auth/oidc-client.ts'));
  // Who is signed in needs the one next, everybody else the other.
  const signedIn = expectsToken();
  if (signedIn) {
    library().catch(() => undefined);
    import('./screens/of-home.ts').catch(() => undefined);
  }
  const landing = signedIn ? undefined : Landing.preload?.();
  const [config, language] = await Promise.all([loadConfig(), storedLanguage(), landing]);
  const client = once(async () => (await library()).createOidcClient(config));
  const session = await openOidcAuth({ client, locale: storedLocale });
  const call = createClient({ apiBase: config.apiBase, accessToken: session.getAccessToken });
  /** Nothing of the home stays in a page that the browser may keep. */
  const forget = (): void => {
    root.unmount();
    queryClient.clear();
  };
  const auth = leavingFirst(session, async () => (await import('./inbox/push.ts')).leavePush(call), forget);
  const beginAnew = (): void => {
    forget();
    void session.end().finally(() => location.reload());
  };
  const sub = session.user?.sub;
  // Whoever has signed out is not led to sign in again by a page that was on its way.
  const queryClient = createQueryClient((why) => (isStill(sub) ? signInAgain(auth, why) : beginAnew()));
  root.render(
    <StrictMode>
      <App language={language} auth={auth} call={call} queryClient={queryClient} router={createAppRouter()} />
    </StrictMode>,
  );
  followSession(sub, beginAnew);
};

start().catch(async (error: unknown) => {
  reportError(error);
  const kept = await import('./offline/without-connection.tsx')
    .then(async ({ withoutConnection }) => withoutConnection(error))
    .catch(() => undefined);
  root.render(kept ?? <Broken messages={KOREAN.messages} />);
});
