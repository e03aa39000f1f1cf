import type { LocalDate } from '@hems/models/calendar/seoul';
import type { Table } from '../../ports/table.ts';
import { listEnrolments } from '../stores/enrolments.ts';
import { listDevices, readProfile } from '../stores/households.ts';
import type { Knowledge } from './facts.ts';

/** Everything that conditions of programmes are answered by. */
export const readKnowledge = async (table: Table, householdId: string, today: LocalDate): Promise<Knowledge> => {
  const [devices, profile, enrolments] = await Promise.all([
    listDevices(table, householdId),
    readProfile(table, householdId),
    listEnrolments(table, householdId),
  ]);
  return { devices, region: profile?.region, enrolments, today };
};
