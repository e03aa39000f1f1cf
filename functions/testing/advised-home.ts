import { adviceDays, plainLoad, type WhOf } from '@hems/models/advice/testing/advice-home';
import { HOUR_MS, localDate } from '@hems/models/calendar/seoul';
import { CONSENTS } from '@hems/models/household/consents';
import { ASSUMED_SUPPLY } from '@hems/models/household/supply';
import { simulatedWeather } from '../adapters/embedded/weather.ts';
import type { Weather, WeatherHour } from '../ports/weather.ts';
import type { FoundAdvice } from '../use-cases/stores/advice.ts';
import { consentPut, readConsent } from '../use-cases/stores/consents.ts';
import { putHours } from '../use-cases/stores/hours.ts';
import { putProfile } from '../use-cases/stores/households.ts';
import { HOME, NOON, type World } from './world.ts';

/** A home that agrees to the analysis, and of which so many days are known; its nights never rest unless something else is said. */
export const anAdvisedHome = async (
  { table, clock }: Pick<World, 'table' | 'clock'>,
  {
    count = 60,
    load = plainLoad(260),
    region,
  }: { readonly count?: number; readonly load?: WhOf; readonly region?: string } = {},
): Promise<void> => {
  const { householdId, telemetryId } = HOME;
  await putProfile(table, {
    householdId,
    telemetryId,
    buildingType: 'apartment',
    ...(region !== undefined && { region }),
  });
  const kept = await readConsent(table, householdId, 'analysis');
  const said = { granted: true, textVersion: CONSENTS.analysis.textVersion, atMs: clock.now(), personId: 'owner' };
  await table.put(consentPut(householdId, { purpose: 'analysis', kept, said }));
  await putHours(table, householdId, adviceDays({ today: localDate(clock.now()), count, load }));
};

type Sky = Pick<WeatherHour, 'temperatureCdegc' | 'cloudPermille'>;
const MILD: Sky = { temperatureCdegc: 1200, cloudPermille: 500 };

/** The simulated past, with alerts and coming hours of the test's choice; 12 °C and none where nothing is said. */
export const skyOf = (
  { clock }: Pick<World, 'clock'>,
  { alerts, sky }: { readonly alerts?: Weather['alerts']; readonly sky?: (startMs: number) => Sky } = {},
): Weather => ({
  ...simulatedWeather(clock),
  alerts: alerts ?? (async () => new Map()),
  hours: async (_, { fromMs, toMs }) =>
    Array.from({ length: Math.floor((toMs - fromMs) / HOUR_MS) }, (_hour, i) => {
      const startMs = fromMs + i * HOUR_MS;
      return { startMs, kind: 'forecast', ...(sky?.(startMs) ?? MILD) };
    }),
});

/** A suggestion that waits to be answered, found at noon of 2026-11-22. */
export const aFoundAdvice = (adviceId: string): FoundAdvice => ({
  date: '2026-11-22',
  basis: '',
  madeAtMs: NOON,
  isCollecting: false,
  contract: ASSUMED_SUPPLY,
  candidates: [
    {
      adviceId,
      rule: 'standby',
      deviceId: null,
      wonPerMonth: { low: 2000, high: 5000 },
      data: [{ name: 'nightFloor', value: 260, unit: 'W' }],
      since: '2026-11-20',
      plug: null,
    },
  ],
  results: [],
  sense: { slopes: {}, lastCdegc: [], solarWh: null },
});
