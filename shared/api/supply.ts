import * as z from 'zod/mini';
import { supply } from '@hems/models/household/supply';
import { householdParams, localDate, nothing } from './nouns.ts';
import { route } from './route.ts';

const answer = z.object({
  supply,
  /** true: the household has not said; the most common contract is assumed */
  assumed: z.boolean(),
  /** the day from which it holds; absent: assumed */
  from: z.optional(localDate),
});
export type SupplyAnswer = z.infer<typeof answer>;

const change = z.extend(supply, {
  /**
   * The day from which it holds; a billing period begins with it. Not after today, and not in a period that began more than 30
   * days ago, whose days are final. Without it: the first day of the present period, by the new reading day, or where that
   * lies in such a period, the day after it.
   */
  from: z.optional(localDate),
});
export type SupplyChange = z.infer<typeof change>;

export const readSupply = route({
  name: 'readSupply',
  method: 'GET',
  path: '/v1/households/{householdId}/supply',
  auth: 'resident',
  summary: 'How the household is supplied: voltage, plan, meter-reading day, discounts',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer,
});

export const setSupply = route({
  name: 'setSupply',
  method: 'PUT',
  path: '/v1/households/{householdId}/supply',
  auth: 'resident',
  summary: 'Says how the household is supplied from a day on; the next daily run prices the days from then on again',
  params: householdParams,
  query: nothing,
  body: change,
  answer,
});
