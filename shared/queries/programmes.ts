import { CONSENTS, type ConsentPurpose } from '@hems/models/household/consents';
import { skipToken, useQuery } from '@tanstack/react-query';
import { setConsent } from '../api/consents.ts';
import {
  enrol,
  listProgrammes,
  simulateProgramme,
  withdraw,
  type Enrolment,
  type ProgrammeView,
  type Simulation,
} from '../api/programmes.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';

const STALE_MS = 5 * 60_000;

type Programmes = { readonly programmes: readonly ProgrammeView[] };

/** Programmes with eligibility and how the household stands in each. */
export const useProgrammes = (householdId: string): Loaded<Programmes> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['programmes', householdId],
    queryFn: async ({ signal }): Promise<Programmes> => call(listProgrammes, { params: { householdId } }, signal),
    staleTime: STALE_MS,
  });
  return useLoaded(result);
};

/** "You would have earned", once it is asked for: it works through years of days. */
export const useSimulation = (householdId: string, programme: string, asked: boolean): Loaded<Simulation> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['programmes', householdId, 'simulation', programme],
    queryFn: asked
      ? ({ signal }) => call(simulateProgramme, { params: { householdId, programme } }, signal)
      : skipToken,
    staleTime: STALE_MS,
  });
  return useLoaded(result);
};

export type EnrolInput = {
  readonly programme: string;
  readonly answers: Enrolment['answers'];
  /** what the resident has just agreed to, in the text that this app shows */
  readonly agreesTo: ConsentPurpose | null;
};

export const useEnrol = (householdId: string): Action<EnrolInput, Enrolment> => {
  const call = useCall();
  return useAction({
    act: async ({ programme, answers, agreesTo: purpose }: EnrolInput) => {
      if (purpose !== null) {
        const { textVersion } = CONSENTS[purpose];
        await call(setConsent, { params: { householdId, purpose }, body: { granted: true, textVersion } });
      }
      return call(enrol, { params: { householdId, programme }, body: { answers } });
    },
    changes: ['programmes', 'consents'],
  });
};

export const useWithdraw = (householdId: string): Action<string, Enrolment> => {
  const call = useCall();
  return useAction({
    act: async (programme: string) => call(withdraw, { params: { householdId, programme } }),
    changes: ['programmes'],
  });
};
