import { skipToken, useQuery } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import { readImport, startImport, type ImportReport } from '../api/imports.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';

/** A year of quarter hours is read in seconds. */
const READING_POLL_MS = 1000;

const isOver = ({ state }: Pick<ImportReport, 'state'>): boolean => state === 'done' || state === 'refused';

type Started = z.output<typeof startImport.answer>;

/** Opens a place to send a file to. */
export const useStartImport = (householdId: string): Action<void, Started> => {
  const call = useCall();
  return useAction({ act: async () => call(startImport, { params: { householdId } }), changes: [] });
};

/** The report of an import, asked for until it is over. */
export const useImport = (householdId: string, importId: string | undefined): Loaded<ImportReport> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['imports', householdId, importId],
    queryFn:
      importId === undefined
        ? skipToken
        : async ({ signal, client }) => {
            const report = await call(readImport, { params: { householdId, importId } }, signal);
            if (isOver(report)) void client.invalidateQueries({ queryKey: ['onboarding'] });
            return report;
          },
    refetchInterval: ({ state }) => (state.data !== undefined && isOver(state.data) ? false : READING_POLL_MS),
  });
  return useLoaded(result);
};
