import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
} from '@tanstack/react-router';
import { SIGNED_IN_PATH } from './auth/signed-in-path.ts';
import { billSearch, communitySearch, energySearch } from './search.ts';
import { Frame } from './frame.tsx';
import { useMessages } from './preferences/preferences.tsx';
import { Broken } from './screens/broken.tsx';
import { Dashboard } from './screens/dashboard.tsx';
import { Home } from './screens/home.tsx';
import type { OF_HOME } from './screens/of-home.ts';
import { SignedInOnly } from './screens/signed-in-only.tsx';
import { Waiting } from './screens/waiting.tsx';

const root = createRootRoute({
  component: Frame,
  notFoundComponent: lazyRouteComponent(async () => import('./screens/not-found.tsx'), 'NotFound'),
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

const notSignedIn = createRoute({
  getParentRoute: () => root,
  path: SIGNED_IN_PATH,
  component: lazyRouteComponent(async () => import('./screens/not-signed-in.tsx'), 'NotSignedIn'),
});

const household = createRoute({
  getParentRoute: () => root,
  path: '/households/$householdId',
  component: () => {
    const { householdId } = household.useParams();
    return (
      <SignedInOnly>
        {/* Nothing of one home outlives the switch to another. */}
        <Outlet key={householdId} />
      </SignedInOnly>
    );
  },
});

/** A screen of a home by its name. */
const ofHome = (name: keyof typeof OF_HOME) =>
  lazyRouteComponent(async () => ({ default: await (await import('./screens/of-home.ts')).OF_HOME[name]() }));

const dashboard = createRoute({ getParentRoute: () => household, path: '/', component: Dashboard });

const energy = createRoute({
  getParentRoute: () => household,
  path: 'energy',
  validateSearch: energySearch,
  component: ofHome('energy'),
});

const device = createRoute({
  getParentRoute: () => household,
  path: 'energy/devices/$deviceId',
  validateSearch: energySearch,
  component: ofHome('device'),
});

const bill = createRoute({
  getParentRoute: () => household,
  path: 'bill',
  validateSearch: billSearch,
  component: ofHome('bill'),
});

const assistant = createRoute({
  getParentRoute: () => household,
  path: 'assistant/{-$page}',
  component: ofHome('assistant'),
});

const rewards = createRoute({
  getParentRoute: () => household,
  path: 'rewards',
  component: ofHome('rewards'),
});

const programmes = createRoute({
  getParentRoute: () => household,
  path: 'rewards/programmes',
  component: ofHome('programmes'),
});

const events = createRoute({
  getParentRoute: () => household,
  path: 'rewards/events/{-$eventId}',
  component: ofHome('events'),
});

const evidence = createRoute({
  getParentRoute: () => household,
  path: 'rewards/entries/$entryId',
  component: ofHome('evidence'),
});

const community = createRoute({
  getParentRoute: () => household,
  path: 'community',
  validateSearch: communitySearch,
  component: ofHome('community'),
});

const onboarding = createRoute({
  getParentRoute: () => household,
  path: 'onboarding',
  component: ofHome('onboarding'),
});

const settings = createRoute({
  getParentRoute: () => household,
  path: 'settings/{-$page}',
  component: ofHome('settings'),
});

const Page = lazyRouteComponent(async () => import('./screens/pages.tsx'), 'Page');

/** What belongs to no home: the account, the inbox, beginning a home, opening an invitation, a receipt. */
const page = createRoute({ getParentRoute: () => root, path: '/$page', component: Page });
const part = createRoute({ getParentRoute: () => root, path: '/$page/$part', component: Page });

const routeTree = root.addChildren([
  home,
  notSignedIn,
  page,
  part,
  household.addChildren([
    dashboard,
    energy,
    device,
    bill,
    assistant,
    rewards,
    programmes,
    events,
    evidence,
    community,
    onboarding,
    settings,
  ]),
]);

/** A screen that is still being fetched. */
const Pending = () => <Waiting text={useMessages().loading} />;

export const createAppRouter = (history?: RouterHistory) =>
  createRouter({
    routeTree,
    // A finger on a tab is enough to begin fetching its screen.
    defaultPreload: 'intent',
    defaultPendingComponent: Pending,
    scrollRestoration: true,
    ...(history && { history }),
  });
export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
