import type { ReactNode } from 'react';
import { useAuth } from '../auth/auth-context.ts';
import { Landing } from './landing.tsx';

/** Its children for whoever is signed in, the landing page for everybody else. */
export const SignedInOnly = ({ children }: { readonly children: ReactNode }): ReactNode =>
  useAuth().user === null ? <Landing /> : children;
