import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import { listExports, startExport, type ExportReport } from '../api/exports.ts';
import { isDenied, type Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';

/** A month is written in a second, three years in some minutes. */
const WRITING_POLL_MS = 2000;
/** A link holds for an hour from the answer it came with. */
const LINK_POLL_MS = 30 * 60_000;

type Exports = z.output<typeof listExports.answer>;

export const isUnderWay = ({ state }: Pick<ExportReport, 'state'>): boolean =>
  state === 'waiting' || state === 'writing';

/** The archives of the household, newest first; asked for often while one is being written. */
export const useExports = (householdId: string): Loaded<Exports> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['exports', householdId],
    queryFn: ({ signal }) => call(listExports, { params: { householdId } }, signal),
    refetchInterval: ({ state: { data, error } }) => {
      if (isDenied(error)) return false;
      return data?.exports.some(isUnderWay) ? WRITING_POLL_MS : LINK_POLL_MS;
    },
  });
  return useLoaded(result);
};

export const useStartExport = (householdId: string): Action<void, ExportReport> => {
  const call = useCall();
  return useAction({ act: async () => call(startExport, { params: { householdId } }), changes: ['exports'] });
};
