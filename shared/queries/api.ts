import { createContext, useContext } from 'react';
import type { Call } from '../client/client.ts';

/** The client of the signed-in resident, provided once at the root of an app. */
export const ApiContext = createContext<Call | undefined>(undefined);

export const useCall = (): Call => {
  const call = useContext(ApiContext);
  if (call === undefined) throw new Error('No API client: put the screen under ApiContext.');
  return call;
};
