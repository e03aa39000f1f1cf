import { lazyRouteComponent } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAuth } from '../auth/auth-context.ts';

/** Whoever is signed in never sees it; everybody else waits for it before anything is shown. */
export const Landing = lazyRouteComponent(async () => import('./landing.tsx'), 'Landing');

/** Its children for whoever is signed in, the landing page for everybody else. */
export const SignedInOnly = ({ children }: { readonly children: ReactNode }): ReactNode =>
  useAuth().user === null ? <Landing /> : children;
