import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { Origin } from '@hems/models/household/household';
import { homeDays } from '@hems/models/testing/home-days';
import { aHome, type Home } from '@hems/models/testing/home';
import { seedOf } from '@hems/models/testing/random';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { importDays } from '../import-days.ts';
import { readDays } from '../stores/days.ts';
import { putHours } from '../stores/hours.ts';
import type { Profile } from '../stores/households.ts';

/** As long as a year's comparison and the present month need. */
const MONTHS = 13;
/** Where it stands, for its weather; a district would put it among real neighbours. */
const REGION = '서울';

/** Nothing but grid and load: a home most people know. */
const homeOf = (seed: number, building: Home['building']): Home =>
  aHome(seed, { building, solarKwp: 0, batteryWh: 0, evW: 0 });

/** What is said of a demo home beside its ids; everything in it follows from the seed. */
export const demoProfile = (
  householdId: string,
  buildingType: Home['building'],
): Pick<Profile, 'region' | 'areaM2' | 'people'> & { origin: Origin } => {
  const seed = seedOf('demo', householdId);
  const { areaM2, people } = homeOf(seed, buildingType);
  return { region: REGION, areaM2, people, origin: { type: 'simulated', seed } };
};

const firstDay = (today: LocalDate): LocalDate => {
  const month = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - MONTHS;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
};

/**
 * A simulated home without devices lives up to yesterday: 13 months when it is opened, what is missing since when it is looked at again. The
 * hours of today are kept whole, for whoever asks for those that are over. It is in no shard, so the daily run neither settles nor ranks it, and leaves its days to this.
 */
export const liveDemo = async (
  deps: { readonly table: Table; readonly clock: Clock },
  { householdId, buildingType, origin }: Profile,
): Promise<void> => {
  if (origin?.type !== 'simulated') return;
  const today = localDate(deps.clock.now());
  const yesterday = addDays(today, -1);
  if ((await readDays(deps.table, householdId, [yesterday, yesterday])).length > 0) return;
  const first = firstDay(today);
  const last = (await readDays(deps.table, householdId, [first, yesterday])).at(-1);
  const from = last ? addDays(last.date, 1) : first;
  // a day before, so that rooms have their temperature when the first one begins
  const lived = [...homeDays(homeOf(origin.seed, buildingType), addDays(from, -1), addDays(today, 1))].slice(1);
  const days = lived
    .slice(0, -1)
    .map((day) => ({ ...day, quality: 'estimated' as const, source: 'simulated' as const }));
  const { refused } = await importDays(deps, householdId, days);
  const [one] = refused;
  if (one) throw new Error(`demo home: ${refused.length} days were refused, the first of ${one.date}: ${one.reason}`);
  const own = lived.slice(-1).map(({ date, hours }) => ({ date, ...hours }));
  await putHours(deps.table, householdId, own);
};
