import { useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import {
  confirmSupply,
  guessSupply,
  openHousehold,
  proveResidence,
  readOnboarding,
  setPlace,
  type Onboarding,
  type Place,
  type ProofState,
} from '../api/onboarding.ts';
import type { readSession } from '../api/session.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { polled } from './query-client.ts';

/** An operator may decide while somebody waits on the screen. */
const WAITING_POLL_MS = 20_000;

type Session = z.output<typeof readSession.answer>;

const knownProven = (session: Session | undefined, householdId: string): boolean =>
  session?.households.some((one) => one.householdId === householdId && one.isProven) === true;

/** How far the household has come in joining. A proof that has come since opens the other screens: the session is asked for again. */
export const useOnboarding = (householdId: string): Loaded<Onboarding> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['onboarding', householdId],
    queryFn: async ({ signal, client }) => {
      const onboarding = await call(readOnboarding, { params: { householdId } }, signal);
      if (onboarding.proof.state === 'proven' && !knownProven(client.getQueryData<Session>(['session']), householdId))
        void client.invalidateQueries({ queryKey: ['session'] });
      return onboarding;
    },
    ...polled(WAITING_POLL_MS),
  });
  return useLoaded(result);
};

/** An answer that is the new state of joining: the next step must not be shown what was before. */
const useKept = (): ((answer: Onboarding) => Onboarding) => {
  const client = useQueryClient();
  return (answer) => {
    client.setQueryData(['onboarding', answer.householdId], answer);
    return answer;
  };
};

export type OpenInput = z.input<typeof openHousehold.body>;

/** Begins a household; sent again with the same requestId it stays one. */
export const useOpenHousehold = (): Action<OpenInput, Onboarding> => {
  const call = useCall();
  const kept = useKept();
  return useAction({ act: async (body: OpenInput) => kept(await call(openHousehold, { body })), changes: ['session'] });
};

export const useSetPlace = (householdId: string): Action<Place, Onboarding> => {
  const call = useCall();
  const kept = useKept();
  return useAction({
    act: async (body: Place) => kept(await call(setPlace, { params: { householdId }, body })),
    changes: ['onboarding', 'session'],
  });
};

export type Guesses = z.output<typeof guessSupply.answer>;
export type LastBill = z.input<typeof guessSupply.body>;

/** Which contracts give the won of a bill. It changes nothing. */
export const useGuessSupply = (householdId: string): Action<LastBill, Guesses> => {
  const call = useCall();
  return useAction({
    act: async (body: LastBill) => call(guessSupply, { params: { householdId }, body }),
    changes: [],
  });
};

type Confirmed = z.input<typeof confirmSupply.body>;

export const useConfirmSupply = (householdId: string): Action<Confirmed, Onboarding> => {
  const call = useCall();
  const kept = useKept();
  return useAction({
    act: async (body: Confirmed) => kept(await call(confirmSupply, { params: { householdId }, body })),
    changes: ['onboarding', 'supply', 'bill'],
  });
};

export type ProofInput = z.input<typeof proveResidence.body>;

export const useProveResidence = (householdId: string): Action<ProofInput, ProofState> => {
  const call = useCall();
  return useAction({
    act: async (body: ProofInput) => call(proveResidence, { params: { householdId }, body }),
    changes: ['onboarding', 'session'],
  });
};
