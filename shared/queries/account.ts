import { useQuery } from '@tanstack/react-query';
import { changeAccount, readAccount, signOutEverywhere, type Account } from '../api/account.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';

const STALE_MS = 5 * 60_000;

/** Name, e-mail address and language of who is signed in. */
export const useAccount = (): Loaded<Account> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['account'],
    queryFn: ({ signal }) => call(readAccount, {}, signal),
    staleTime: STALE_MS,
  });
  return useLoaded(result);
};

export type AccountInput = Pick<Account, 'name' | 'language'>;

export const useChangeAccount = (): Action<AccountInput, Account> => {
  const call = useCall();
  return useAction({
    act: async (body: AccountInput) => call(changeAccount, { body }),
    changes: ['account', 'members'],
  });
};

/** Ends every session, this one included: nothing is asked for afterwards. */
export const useSignOutEverywhere = (): Action<void, object> => {
  const call = useCall();
  return useAction({ act: async () => call(signOutEverywhere, {}), changes: [] });
};
