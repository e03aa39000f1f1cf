import 'virtual:tokens.css';
import { createClient } from '@hems/shared/client/client';
import { KOREAN } from '@hems/shared/i18n/locale';
import { createQueryClient } from '@hems/shared/queries/query-client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { expectsToken, openOidcAuth } from './auth/oidc-auth.ts';
import { signInAgain } from './auth/sign-in-again.ts';
import { loadConfig } from './config.ts';
import { storedLanguage, storedLocale } from './preferences/preferences.tsx';
import { createAppRouter } from './router.tsx';
import { Broken } from './screens/broken.tsx';

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
  // Who is signed in needs it next; everybody else only when they sign in.
  if (expectsToken()) library().catch(() => undefined);
  const [config, language] = await Promise.all([loadConfig(), storedLanguage()]);
  const client = once(async () => (await library()).createOidcClient(config));
  const auth = await openOidcAuth({ client, locale: storedLocale });
  const call = createClient({ apiBase: config.apiBase, accessToken: auth.getAccessToken });
  const queryClient = createQueryClient(() => signInAgain(auth));
  root.render(
    <StrictMode>
      <App language={language} auth={auth} call={call} queryClient={queryClient} router={createAppRouter()} />
    </StrictMode>,
  );
};

start().catch((error: unknown) => {
  reportError(error);
  root.render(<Broken messages={KOREAN.messages} />);
});
