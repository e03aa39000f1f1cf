import * as z from 'zod/mini';
import { nothing } from './nouns.ts';
import { origin, role, buildingType } from '@hems/models/household/household';
import { route } from './route.ts';

export const household = z.object({
  householdId: z.string(),
  name: z.string(),
  buildingType,
  role,
  /** somebody has proved that they live there; until then no reading is shown */
  isProven: z.boolean(),
  /** present when the household's data are not its own: simulated or replayed */
  origin: z.optional(origin),
});
export type Household = z.infer<typeof household>;

export const readSession = route({
  name: 'readSession',
  method: 'GET',
  path: '/v1/session',
  auth: 'resident',
  summary: 'Who is signed in, and the households they belong to',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ sub: z.string(), households: z.array(household) }),
});
