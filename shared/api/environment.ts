import * as z from 'zod/mini';
import { quality } from '@hems/models/reading/quality';
import { epochMs, householdParams, nothing } from './nouns.ts';
import { route } from './route.ts';

export const readEnvironment = route({
  name: 'readEnvironment',
  method: 'GET',
  path: '/v1/households/{householdId}/environment',
  auth: 'resident',
  summary: 'Air and climate now, by sensor and thermostat',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: z.object({
    householdId: z.string(),
    now: epochMs,
    sensors: z.array(
      z.object({
        deviceId: z.string(),
        name: z.string(),
        ts: z.nullable(epochMs),
        quality,
        temperatureCdegc: z.nullable(z.int()),
        humidityPermille: z.nullable(z.int()),
        co2Ppm: z.nullable(z.int()),
        pm25Ugm3: z.nullable(z.int()),
        pm10Ugm3: z.nullable(z.int()),
        tvocPpb: z.nullable(z.int()),
        targetTemperatureCdegc: z.nullable(z.int()),
      }),
    ),
  }),
});
export type Environment = z.infer<typeof readEnvironment.answer>;
