import type { AuthPort } from '@hems/shared/client/auth-port';
import type { Language } from '@hems/shared/i18n/locale';
import { createQueryClient } from '@hems/shared/queries/query-client';
import { createMemoryHistory } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { App } from '../app.tsx';
import { createAppRouter } from '../router.tsx';
import { shownAs, type Screen } from './screens.ts';
import { callIn, type State } from './states.ts';

const auth = (user: AuthPort['user']): AuthPort => ({
  user,
  signIn: async () => undefined,
  signOut: async () => undefined,
  getAccessToken: async () => undefined,
});

export type Asked = { readonly screen: Screen; readonly state: State; readonly language: Language };

/** The app at one of its screens, as `main.tsx` puts it together, over answers of fixtures and without an identity provider. */
export const galleryApp = ({ screen, state, language }: Asked): ReactNode => {
  const { path, signedOut, scene, known } = shownAs(screen);
  const queryClient = createQueryClient(() => undefined);
  // A failure shows at once instead of after two more attempts.
  queryClient.setDefaultOptions({ queries: { retry: false } });
  return (
    <App
      language={language}
      auth={auth(signedOut ? null : { sub: 'resident-1' })}
      call={callIn({ state, scene, known })}
      queryClient={queryClient}
      router={createAppRouter(createMemoryHistory({ initialEntries: [path] }))}
    />
  );
};
