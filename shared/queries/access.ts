import type * as z from 'zod/mini';
import { readAccessLog } from '../api/access.ts';
import { useCall } from './api.ts';
import { usePages, type Pages } from './paged.ts';

const STALE_MS = 60_000;

export type AccessPage = z.output<typeof readAccessLog.answer>;

/** Who looked at the household, newest first. */
export const useAccessLog = (householdId: string): Pages<AccessPage> => {
  const call = useCall();
  return usePages({
    queryKey: ['access', householdId],
    page: async (query, signal) => call(readAccessLog, { params: { householdId }, query }, signal),
    staleTime: STALE_MS,
  });
};
