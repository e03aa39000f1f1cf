import { addDays, localDate } from '@hems/models/calendar/seoul';
import { datesBetween } from '@hems/models/day/open-days';
import { billedOn } from '@hems/models/household/supply-history';
import { marginalPrices } from '@hems/models/tariff/marginal-prices';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { readDays } from '../stores/days.ts';
import type { Profile } from '../stores/households.ts';
import { readSupplies } from '../stores/supplies.ts';
import { tariffRegionOf } from '../tariff-region.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/** The usual use of a day is the mean of so many before. */
const USUAL_DAYS = 28;

export type PricesAhead = {
  /** won a kWh by the hour */
  readonly buyWon: readonly number[];
  readonly sellWon: readonly number[];
  /** what the contract lets in, where it says so */
  readonly contractW: number | undefined;
};

/**
 * What a kWh more or less is worth in each hour. The tier is that of the use expected at the end of the meter-reading period: its
 * days so far, and the mean of the last four weeks for the others. Undefined where the supply cannot be priced.
 */
export const pricesAhead = async (
  { table, clock }: Deps,
  { householdId, region: named }: Profile,
  hours: readonly number[],
): Promise<PricesAhead | undefined> => {
  const today = localDate(clock.now());
  const { rows } = await readSupplies(table, householdId);
  const billed = billedOn(rows, today);
  if (billed.status === 'unbilled') return undefined;
  const { supply, period } = billed;
  const usualFrom = addDays(today, -USUAL_DAYS);
  const from = usualFrom < period.from ? usualFrom : period.from;
  const known = (await readDays(table, householdId, [from, addDays(today, -1)])).flatMap(
    ({ date, importWh, exportWh = 0 }) =>
      importWh === undefined ? [] : [{ date, wh: supply.netMetering ? importWh - exportWh : importWh }],
  );
  const sum = (days: typeof known): number => days.reduce((total, { wh }) => total + wh, 0);
  const usual = known.filter(({ date }) => date >= usualFrom);
  const usualWh = usual.length > 0 ? sum(usual) / usual.length : 0;
  const inPeriod = known.filter(({ date }) => date >= period.from);
  const others = datesBetween(period.from, period.to).length - inPeriod.length;
  const expectedKwh = Math.max(0, Math.round((sum(inPeriod) + others * usualWh) / 1000));
  const region = tariffRegionOf(named);
  const priced = marginalPrices({ contract: { ...supply, region }, expectedKwh, hours });
  if (priced.status !== 'priced') return undefined;
  const contractW = supply.plan.plan === 'tou' ? supply.plan.contractKw * 1000 : undefined;
  return { buyWon: priced.buyWon, sellWon: priced.sellWon, contractW };
};
