import * as z from 'zod/mini';
import { epochMs, householdParams, nothing, wh } from './nouns.ts';
import { route } from './route.ts';

const household = '/v1/households/{householdId}/plan';
const watts = z.int();
const won = z.int();
const permille = z.int().check(z.minimum(0), z.maximum(1000));
const clockTime = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

/** What the household allows the plan to do. Nothing is ordered until `isOn`. */
export const automation = z.object({
  isOn: z.boolean(),
  /** kept in the battery for a power cut, of its capacity */
  reservePermille: permille,
  car: z.nullable(z.object({ needWh: wh.check(z.minimum(0), z.maximum(200_000)), readyBy: clockTime })),
});
export type Automation = z.infer<typeof automation>;

/** The codes that are known; a client gives a later one a neutral text. */
export { REASONS } from '@hems/models/plan/reasons';
export { LIMITS } from '@hems/models/plan/conflicts';

export const OVERRIDES = ['rest', 'self-use'] as const;

const step = z.object({
  startMs: epochMs,
  loadW: watts,
  pvW: watts,
  /** + discharges, − charges */
  batteryW: watts,
  carW: watts,
  /** + draws, − feeds in */
  gridW: watts,
  storedWh: wh,
  buyWon: z.number(),
  /** of `REASONS` */
  reason: z.string(),
});

export const readPlan = route({
  name: 'readPlan',
  method: 'GET',
  path: household,
  auth: 'resident',
  summary: 'What battery and car are to do until the end of tomorrow, why, and what it saves',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: z.object({
    householdId: z.string(),
    /** devices in use that a plan could steer */
    hasBattery: z.boolean(),
    hasCharger: z.boolean(),
    /** null: nothing is planned; `why` says what is lacking */
    plan: z.nullable(
      z.object({
        madeAtMs: epochMs,
        status: z.enum(['planned', 'safe']),
        /** `LIMITS` that cannot all be met; of a plan that is not safe: what its car does not keep */
        conflicts: z.array(z.string()),
        stepMinutes: z.int(),
        steps: z.array(step),
        /** of the battery as it was seen; 0: none is planned */
        capacityWh: wh,
        /** what the steps cost with the wear of the battery, less what they leave in it; and so with the battery running by itself */
        won,
        selfUseWon: won,
        /** changes of mode in the steps; and in what was ordered in the last 24 hours */
        changes: z.int(),
        changesLastDay: z.int(),
      }),
    ),
    why: z.nullable(z.enum(['nothing-to-plan', 'no-forecast', 'no-consent', 'no-state', 'no-price'])),
    automation,
    override: z.nullable(z.object({ mode: z.enum(OVERRIDES), untilMs: epochMs })),
    /** the last orders that the plan sent, newest first */
    orders: z.array(
      z.object({
        orderId: z.string(),
        deviceId: z.string(),
        atMs: epochMs,
        untilMs: epochMs,
        powerW: z.nullable(watts),
        isOn: z.nullable(z.boolean()),
        state: z.string(),
      }),
    ),
  }),
});
export type PlanAnswer = z.infer<typeof readPlan.answer>;

export const setAutomation = route({
  name: 'setAutomation',
  method: 'PUT',
  path: `${household}/automation`,
  auth: 'resident',
  summary: 'Lets the plan steer battery and car, or stops it',
  params: householdParams,
  query: nothing,
  body: automation,
  answer: automation,
});

export const overridePlan = route({
  name: 'overridePlan',
  method: 'PUT',
  path: `${household}/override`,
  auth: 'resident',
  summary: 'Sets the plan aside for a while; it goes on by itself afterwards',
  params: householdParams,
  query: nothing,
  body: z.object({ mode: z.enum(OVERRIDES), minutes: z.int().check(z.minimum(10), z.maximum(1440)) }),
  answer: z.object({ mode: z.enum(OVERRIDES), untilMs: epochMs }),
});

export const endOverride = route({
  name: 'endOverride',
  method: 'DELETE',
  path: `${household}/override`,
  auth: 'resident',
  summary: 'Lets the plan go on at once',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: nothing,
});
