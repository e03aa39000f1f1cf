import { lazyRouteComponent } from '@tanstack/react-router';

/** Instead of a home that is closed to the resident; seldom needed, so fetched when it is. */
export const Closed = lazyRouteComponent(async () => import('./closed-home.tsx'), 'ClosedHome');
