import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { FINAL_AFTER_DAYS } from '@hems/models/day/day-value';
import { SHARDS } from '@hems/models/household/shard';
import { provinceOf, PROVINCES, shortRegion } from '@hems/models/household/region';
import { monthOf, monthPeriod } from '@hems/models/incentive/periods';
import { cellOf, EMPTY_CELL, mergeCells, publishProvince, type Cell } from '@hems/models/partner/suppression';
import type { Clock } from '../../ports/clock.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import { publishOnce, readPublished } from '../stores/aggregates.ts';
import { grantedAmong } from '../stores/consents.ts';
import { householdsOfShard, type Profile } from '../stores/households.ts';
import { monthsAmong } from '../stores/months.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
/** province → district → its homes */
type Cells = Map<string, Map<string, Cell>>;

/** The latest month that late readings change no more. */
export const monthToPublish = (today: LocalDate): string => {
  const lastOpen = addDays(today, -FINAL_AFTER_DAYS - 1);
  const month = monthOf(lastOpen);
  return monthPeriod(month).to <= lastOpen ? month : monthOf(addDays(`${month}-01`, -1));
};

/** Where a home is counted; undefined: its region is not known. Made-up and played-back homes are nobody's statistics. */
const placeOf = ({ region, origin }: Profile): { province: string; district: string } | undefined => {
  const short = origin === undefined && region !== undefined ? shortRegion(region) : undefined;
  const province = short === undefined ? undefined : provinceOf(short);
  return short !== undefined && province !== undefined ? { province, district: short } : undefined;
};

/** Homes that agree, and whose month is known in full. */
const addShard = async ({ table }: Deps, { month, shard }: { month: string; shard: number }, cells: Cells) => {
  const homes = (await householdsOfShard(table, shard)).filter((home) => placeOf(home));
  const ids = homes.map(({ householdId }) => householdId);
  const agreed = await grantedAmong(table, ids, 'government');
  const asked = ids.filter((id) => agreed.has(id));
  const months = new Map((await monthsAmong(table, asked, month)).map((one) => [one.householdId, one.month]));
  for (const home of homes) {
    const [place, own] = [placeOf(home), months.get(home.householdId)];
    if (!place || own?.importWh === undefined || own.missingDays > 0 || own.to !== monthPeriod(month).to) continue;
    const districts = cells.get(place.province) ?? new Map<string, Cell>();
    const cell = cellOf({ useWh: own.importWh, savedWon: own.savedWon });
    districts.set(place.district, mergeCells(districts.get(place.district) ?? EMPTY_CELL, cell));
    cells.set(place.province, districts);
  }
};

const NO_HOMES: ReadonlyMap<string, Cell> = new Map();

const collect = async (deps: Deps, month: string): Promise<Cells> => {
  const cells: Cells = new Map();
  for (let shard = 0; shard < SHARDS; shard += 1) await addShard(deps, { month, shard }, cells);
  return cells;
};

/**
 * Publishes the aggregates of the latest final month, once and for good. Asked again it does nothing; cut short it has published nothing, and
 * the next call begins anew. Every province is there, also one of which nothing is shown.
 */
export const publishAggregates = async (deps: Deps): Promise<{ month: string; published: boolean }> => {
  const { table, clock } = deps;
  const month = monthToPublish(localDate(clock.now()));
  if ((await readPublished(table, month)).length > 0) return { month, published: false };
  const cells = await collect(deps, month);
  const publishedMs = clock.now();
  const provinces = PROVINCES.map((province) => ({
    province,
    publishedMs,
    ...publishProvince(cells.get(province) ?? NO_HOMES),
  }));
  try {
    await publishOnce(table, month, provinces);
    return { month, published: true };
  } catch (error) {
    if (error instanceof ConditionFailed) return { month, published: false };
    throw error;
  }
};
