import { createRootRoute, createRoute, createRouter, type RouterHistory } from '@tanstack/react-router';
import { SIGNED_IN_PATH } from './auth/signed-in-path.ts';
import { Frame } from './frame.tsx';
import { useMessages } from './preferences/preferences.tsx';
import { Broken } from './screens/broken.tsx';
import { Dashboard } from './screens/dashboard.tsx';
import { Home } from './screens/home.tsx';
import { NotFound } from './screens/not-found.tsx';
import { NotSignedIn } from './screens/not-signed-in.tsx';
import { SignedInOnly } from './screens/signed-in-only.tsx';

const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  errorComponent: () => <Broken messages={useMessages()} />,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: () => (
    <SignedInOnly>
      <Home />
    </SignedInOnly>
  ),
});

const notSignedIn = createRoute({ getParentRoute: () => root, path: SIGNED_IN_PATH, component: NotSignedIn });

const household = createRoute({
  getParentRoute: () => root,
  path: '/households/$householdId',
  component: () => {
    const { householdId } = household.useParams();
    return (
      <SignedInOnly>
        {/* Nothing of one home outlives the switch to another. */}
        <Dashboard key={householdId} householdId={householdId} />
      </SignedInOnly>
    );
  },
});

const routeTree = root.addChildren([home, notSignedIn, household]);

export const createAppRouter = (history?: RouterHistory) => createRouter({ routeTree, ...(history && { history }) });
export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
