import { CHECKED_AT, type Provisional } from '../../calendar/dated.ts';
import type { Programme } from '../programme.ts';

export type Utility = 'electricity' | 'water' | 'gas';
export type UtilityPoints = {
  /** points by saving, ascending */
  readonly reduce: readonly { readonly fromBasisPoints: number; readonly points: number }[];
  readonly maintain: number;
  readonly standard: number;
};
export type CarbonRule = {
  readonly utilities: Readonly<Record<Utility, UtilityPoints>>;
  /** half-years won in a row before `maintain` is paid; between the two counts it is contested */
  readonly winsBeforeMaintain: {
    readonly fewest: number;
    readonly undisputed: number;
    readonly provisional: Provisional;
  };
  /** own use at most this share of the participants' mean earns the standard points */
  readonly standardPercent: number;
  /** a municipality pays up to so many won a point */
  readonly maxWonPerPoint: number;
};

const reduce = (five: number, ten: number, fifteen: number): UtilityPoints['reduce'] => [
  { fromBasisPoints: 500, points: five },
  { fromBasisPoints: 1000, points: ten },
  { fromBasisPoints: 1500, points: fifteen },
];

/** Carbon Neutral Points, energy 탄소중립포인트 에너지, outside Seoul (korea.md 2.2). */
export const CARBON_POINTS: Programme<CarbonRule> = {
  id: 'carbon-points-energy',
  payer: 'municipality',
  unit: 'points',
  period: 'half-year',
  joins: 'next-half-year',
  consent: 'government',
  eligibility: ['registered-at-address', 'lives-outside-seoul'],
  versions: [
    {
      id: 'carbon-points-energy/2023-01-01',
      effectiveFrom: '2023-01-01',
      effectiveTo: null,
      source: 'consumer guides of 2023 and the Dangjin City page on the scheme',
      confidence: 'verified',
      checkedAt: CHECKED_AT,
      rule: {
        utilities: {
          electricity: { reduce: reduce(5000, 10_000, 15_000), maintain: 3000, standard: 5000 },
          water: { reduce: reduce(750, 1500, 2000), maintain: 450, standard: 750 },
          gas: { reduce: reduce(3000, 6000, 8000), maintain: 1800, standard: 3000 },
        },
        winsBeforeMaintain: {
          fewest: 2,
          undisputed: 4,
          provisional: {
            code: 'O19',
            reason: 'two earlier wins are enough in the guides, the Dangjin City page asks for four',
          },
        },
        standardPercent: 50,
        maxWonPerPoint: 2,
      },
    },
  ],
};
