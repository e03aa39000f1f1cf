import * as z from 'zod/mini';

/** What a home's equipment, limits, prices and expectations are over the steps of a plan. Energy Wh a step, power W, prices won a kWh. */

const wh = z.number().check(z.nonnegative(), z.maximum(1_000_000));
const watts = z.number().check(z.nonnegative(), z.maximum(200_000));
const price = z.number().check(z.minimum(-10_000), z.maximum(10_000));
/** 15 minutes to an hour: what a gateway is ordered for and a tariff distinguishes */
const stepMinutes = z.union([z.literal(15), z.literal(30), z.literal(60)]);
const MOST_STEPS = 192;

const battery = z.object({
  capacityWh: wh,
  /** kept for a power cut */
  reserveWh: wh,
  chargeW: watts,
  dischargeW: watts,
  /** one way */
  efficiency: z.number().check(z.gt(0.5), z.maximum(1)),
});

/** A car that has to have taken so much by the end of step `bySteps`. */
const car = z.object({
  needWh: wh,
  fromStep: z.int().check(z.nonnegative()),
  byStep: z.int().check(z.nonnegative()),
  /** what it takes at least while it takes anything; 0: any power */
  leastW: watts,
  mostW: watts,
});
export type Car = z.infer<typeof car>;

/** A programme that runs once and is not interrupted: what it uses in each of its steps. */
const appliance = z.object({
  id: z.string(),
  useWh: z.array(wh).check(z.minLength(1), z.maxLength(MOST_STEPS)),
  fromStep: z.int().check(z.nonnegative()),
  /** the last step in which it may still run */
  byStep: z.int().check(z.nonnegative()),
});
export type Appliance = z.infer<typeof appliance>;

const perStep = <S extends z.ZodMiniType>(value: S) => z.array(value).check(z.minLength(1), z.maxLength(MOST_STEPS));

export const scenario = z
  .object({
    /** epoch ms of the first step */
    startMs: z.int(),
    stepMinutes,
    /** the mean that is expected; a median would leave out the peaks */
    loadWh: perStep(wh),
    pvWh: perStep(wh),
    buyWon: perStep(price),
    sellWon: perStep(price),
    battery: z.nullable(battery),
    /** in the cells now */
    storedWh: wh,
    /** in the cells at the end at least */
    endWh: wh,
    importW: watts,
    exportW: watts,
    /** what a kWh through the battery costs of its life; keeps plans quiet */
    wearWon: z.number().check(z.nonnegative()),
    car: z.nullable(car),
    appliances: z.array(appliance).check(z.maxLength(20)),
  })
  .check(
    z.refine(
      ({ loadWh, pvWh, buyWon, sellWon }) => [pvWh, buyWon, sellWon].every((values) => values.length === loadWh.length),
      'load, generation and prices need one value for each step',
    ),
  );
export type Scenario = z.infer<typeof scenario>;

export const hoursOf = ({ stepMinutes: minutes }: Pick<Scenario, 'stepMinutes'>): number => minutes / 60;

/** Won that a kWh left in the cells at the end is worth: what it saves later at the usual price. */
export const leftWon = ({ battery: cells, buyWon, wearWon }: Scenario): number => {
  const usual = buyWon.toSorted((a, b) => a - b)[buyWon.length >> 1] ?? 0;
  return cells ? Math.max(0, usual * cells.efficiency - wearWon) : 0;
};
