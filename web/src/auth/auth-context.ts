import type { AuthPort } from '@hems/shared/client/auth-port';
import { createContext, useContext } from 'react';

export const AuthContext = createContext<AuthPort | undefined>(undefined);

export const useAuth = (): AuthPort => {
  const auth = useContext(AuthContext);
  if (auth === undefined) throw new Error('No AuthPort: put the screen under AuthContext.');
  return auth;
};
