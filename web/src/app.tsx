import type { AuthPort } from '@hems/shared/client/auth-port';
import type { Call } from '@hems/shared/client/client';
import type { Language } from '@hems/shared/i18n/locale';
import { ApiContext } from '@hems/shared/queries/api';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AuthContext } from './auth/auth-context.ts';
import { PreferencesProvider } from './preferences/preferences.tsx';
import type { AppRouter } from './router.tsx';

type Props = {
  readonly language: Language;
  readonly auth: AuthPort;
  readonly call: Call;
  readonly queryClient: QueryClient;
  readonly router: AppRouter;
};

/** The screens on top of who is signed in, their choices and their data. */
export const App = ({ language, auth, call, queryClient, router }: Props): ReactNode => (
  <PreferencesProvider language={language}>
    <AuthContext value={auth}>
      <ApiContext value={call}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ApiContext>
    </AuthContext>
  </PreferencesProvider>
);
