import type { AdviceHome } from './advice-home.ts';
import { nightFloor } from './measures.ts';
import { typicalMonth, type Month } from './month.ts';
import { isCertain, slopeOf, type Side, type Slope, type WarmthDay } from './temperature-slope.ts';
import { sum, wholeDays, type WholeDay } from './whole-days.ts';

/** What the rules look at, worked out once. */
export type View = {
  readonly home: AdviceHome;
  /** the whole days of the last four weeks, and of a year */
  readonly recent: readonly WholeDay[];
  readonly year: readonly WholeDay[];
  readonly month: Month | undefined;
  /** of the last sixty days, where one was found */
  readonly slopes: Readonly<Record<Side, Slope | undefined>>;
};
const warmthDays = (
  { meanCdegc }: Pick<AdviceHome, 'meanCdegc'>,
  days: readonly WholeDay[],
  whOf: (day: WholeDay) => number,
): WarmthDay[] =>
  days.flatMap((day) => {
    const cdegc = meanCdegc.get(day.date);
    return cdegc === undefined ? [] : [{ date: day.date, wh: whOf(day), cdegc }];
  });

export const viewOf = (home: AdviceHome): View => {
  const recent = wholeDays(home, 28);
  const warmth = warmthDays(home, wholeDays(home, 60), ({ loadWh }) => sum(loadWh));
  return {
    home,
    recent,
    year: wholeDays(home, 365),
    month: recent.length === 0 ? undefined : typicalMonth(home, recent),
    slopes: { heating: slopeOf(warmth, 'heating'), cooling: slopeOf(warmth, 'cooling') },
  };
};

/** What has to be known of a home before a rule looks at it. */
export const NEEDS = {
  'recent-weeks': ({ recent }: View): boolean => recent.length >= 21,
  'half-a-year': ({ year }: View): boolean => year.length >= 150,
  'whole-year': ({ year }: View): boolean => year.length >= 330,
  'said-contract': ({ home }: View): boolean => !home.contractAssumed,
  'time-of-use': ({ home }: View): boolean => home.contract.plan.plan === 'tou',
  tiers: ({ home }: View): boolean => home.contract.plan.plan === 'progressive' && home.period !== null,
  plug: ({ home }: View): boolean => home.plugs.length > 0,
  roof: ({ recent }: View): boolean => recent.some(({ solarWh }) => sum(solarWh) > 0),
  battery: ({ home }: View): boolean => home.kinds.has('battery'),
} as const;
export type Need = keyof typeof NEEDS;

/** Homes for which a rule is not, though all it needs is known. */
export const NOT_FOR = {
  /** what is fed in is set off against what is drawn: moving it changes nothing */
  'net-metering': ({ home }: View): boolean => home.contract.netMetering,
  /** the plan does it already */
  automation: ({ home }: View): boolean => home.automationIsOn,
  /** takes the surplus already */
  battery: ({ home }: View): boolean => home.kinds.has('battery'),
  /** what runs at night is heating or cooling, not standby */
  'warmth-at-night': ({ home, recent }: View): boolean =>
    (['heating', 'cooling'] as const).some((side) => {
      const slope = slopeOf(warmthDays(home, recent, nightFloor), side);
      return slope !== undefined && isCertain(slope);
    }),
} as const;
export type Bar = keyof typeof NOT_FOR;
