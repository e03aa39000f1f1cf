import { joinDays, meteredDays, type MeteredDay, type MeteredInterval } from '../history/metered-days.ts';
import { FileRefused, type PartReason, type Refusals } from '../history/reasons.ts';
import {
  COMMODITY_NAMES,
  DELTA,
  ELECTRIC_COMMODITIES,
  ELECTRICITY,
  ENERGY_KINDS,
  FORWARD,
  NORMAL_QUALIFIERS,
  REVERSE,
  UNIT_NAMES,
  UOM_WH,
} from './espi.ts';
import type { Feed, MeterReading, RawReading, ReadingType } from './feed-reader.ts';

export type FeedDays = { readonly importDays: MeteredDay[]; readonly exportDays: MeteredDay[] };

type Flow = 'import' | 'export';
type Meaning = { readonly flow: Flow; readonly milliWhPerUnit: number };
type No = { readonly code: PartReason; readonly reason: string };

const DIRECTIONS: Readonly<Record<string, Flow>> = { [FORWARD]: 'import', [REVERSE]: 'export' };
/** Units from a thousandth of a Wh to a GWh. */
const MULTIPLIER = { min: -3, max: 9 };

const multiplierOf = (text: string | undefined): number | No => {
  if (text === undefined)
    return {
      code: 'no-multiplier',
      reason: 'the reading type has no powerOfTenMultiplier, so Wh and kWh cannot be told apart',
    };
  const power = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (power >= MULTIPLIER.min && power <= MULTIPLIER.max) return power;
  return {
    code: 'no-multiplier',
    reason: `powerOfTenMultiplier "${text}" is not a whole number from ${MULTIPLIER.min} to ${MULTIPLIER.max}`,
  };
};

const unitProblem = ({ uom, accumulationBehaviour }: ReadingType['fields']): No | undefined => {
  if (uom === undefined) return { code: 'no-unit', reason: 'the reading type does not say its unit (uom)' };
  if (uom !== String(UOM_WH))
    return {
      code: 'unit',
      reason: `readings in ${UNIT_NAMES[uom] ?? `unit ${uom}`} are not energy in Wh (uom ${UOM_WH})`,
    };
  if (accumulationBehaviour !== undefined && !['0', String(DELTA)].includes(accumulationBehaviour))
    return {
      code: 'accumulation',
      reason: `accumulationBehaviour ${accumulationBehaviour}: only the energy of each interval (${DELTA}) is taken, no register`,
    };
  return undefined;
};

const kindProblem = ({ commodity = '0', kind = '0', dataQualifier = '0' }: ReadingType['fields']): No | undefined => {
  if (!ELECTRIC_COMMODITIES.has(commodity))
    return {
      code: 'not-electricity',
      reason: `commodity ${COMMODITY_NAMES[commodity] ?? `"${commodity}"`} is not electricity`,
    };
  if (!ENERGY_KINDS.has(kind))
    return { code: 'not-energy', reason: `kind "${kind}" of the readings is not energy (12)` };
  if (!NORMAL_QUALIFIERS.has(dataQualifier))
    return {
      code: 'not-energy',
      reason: `dataQualifier "${dataQualifier}" is not the normal value of an interval (12)`,
    };
  return undefined;
};

/** What the values of a reading type mean, or why that cannot be said. */
const meaningOf = ({ fields }: ReadingType): Meaning | No => {
  const problem = unitProblem(fields) ?? kindProblem(fields);
  if (problem) return problem;
  const power = multiplierOf(fields['powerOfTenMultiplier']);
  if (typeof power !== 'number') return power;
  const { flowDirection } = fields;
  if (flowDirection === undefined)
    return { code: 'no-direction', reason: 'the reading type does not say its flowDirection' };
  const flow = DIRECTIONS[flowDirection];
  if (!flow)
    return {
      code: 'direction',
      reason: `flowDirection ${flowDirection}: only drawn (${FORWARD}) and fed in (${REVERSE}) are taken`,
    };
  return { flow, milliWhPerUnit: 10 ** (power + 3) };
};

/** The one that is linked; a file with a single one needs no link. */
const linked = <T>(all: readonly T[], isLinked: (one: T) => boolean): T | undefined =>
  all.find(isLinked) ?? (all.length === 1 ? all[0] : undefined);

const usagePointOf = ({ usagePoints }: Feed, meterReading: MeterReading) =>
  linked(usagePoints, ({ related }) => meterReading.up !== '' && related.includes(meterReading.up));

type Series = { readonly of: string; readonly meaning: Meaning; readonly readings: readonly RawReading[] };

/** The readings under one address, and what is known of them. */
type Block = { readonly up: string; readonly readings: readonly RawReading[] };

const meaningOfBlock = (feed: Feed, { up }: Block): { readonly of: string; readonly meaning: Meaning } | No => {
  const meterReading = linked(feed.meterReadings, ({ related }) => related.includes(up));
  if (!meterReading) return { code: 'no-meter-reading', reason: 'the block is linked to no meter reading' };
  const usagePoint = usagePointOf(feed, meterReading);
  if (usagePoint?.kind !== undefined && usagePoint.kind !== String(ELECTRICITY))
    return { code: 'not-electricity', reason: `service kind "${usagePoint.kind}" is not electricity (${ELECTRICITY})` };
  const type = linked(feed.readingTypes, ({ self }) => meterReading.related.includes(self));
  if (!type) return { code: 'no-reading-type', reason: 'the meter reading is linked to no reading type' };
  const meaning = meaningOf(type);
  return 'code' in meaning ? meaning : { of: usagePoint?.self ?? meterReading.up, meaning };
};

const seriesOf = (feed: Feed, block: Block, refused: Refusals): Series | undefined => {
  const known = meaningOfBlock(feed, block);
  if (!('code' in known)) return { ...known, readings: block.readings };
  for (const { line } of block.readings) refused.add({ line, ...known });
  return undefined;
};

function* intervalsOf({ readings, meaning }: Series): Iterable<MeteredInterval> {
  for (const { value, ...rest } of readings) yield { ...rest, milliWh: value * meaning.milliWhPerUnit };
}

/** The whole days that a feed says, in both directions. */
export const feedDays = (feed: Feed, refused: Refusals): FeedDays => {
  const series = [...feed.readings].flatMap(([up, readings]) => seriesOf(feed, { up, readings }, refused) ?? []);
  if (new Set(series.map(({ of }) => of)).size > 1)
    throw new FileRefused('several-usage-points', 'the file is of several usage points; send that of one home');
  const daysOf = (flow: Flow): MeteredDay[] =>
    joinDays(
      series.filter(({ meaning }) => meaning.flow === flow).map((one) => meteredDays(intervalsOf(one), refused)),
      refused,
    );
  return { importDays: daysOf('import'), exportDays: daysOf('export') };
};
