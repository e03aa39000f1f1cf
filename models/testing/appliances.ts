/** What runs in a Korean home and when, as data. Watts at the plug; minutes and hours of the wall clock. */

export const APPLIANCES = [
  'refrigerator',
  'kimchi_refrigerator',
  'rice_cooker',
  'kettle',
  'induction',
  'microwave',
  'washing_machine',
  'dryer',
  'dishwasher',
  'television',
  'computer',
  'vacuum',
  'hair_dryer',
] as const;
export type Appliance = (typeof APPLIANCES)[number];

/** One use of an appliance in a day of a home of four. */
export type Use = {
  readonly appliance: Appliance;
  /** usual start, and how far it strays to either side */
  readonly hour: number;
  readonly spreadMinutes: number;
  readonly chance: number;
  /** minutes at watts, one after the other */
  readonly steps: readonly (readonly [minutes: number, watts: number])[];
};

export const USES: readonly Use[] = [
  {
    appliance: 'rice_cooker',
    hour: 6.5,
    spreadMinutes: 30,
    chance: 0.75,
    steps: [
      [22, 920],
      [100, 32],
    ],
  },
  {
    appliance: 'rice_cooker',
    hour: 18.2,
    spreadMinutes: 40,
    chance: 0.85,
    steps: [
      [24, 920],
      [170, 32],
    ],
  },
  { appliance: 'kettle', hour: 7.1, spreadMinutes: 30, chance: 0.8, steps: [[4, 1750]] },
  { appliance: 'kettle', hour: 13.2, spreadMinutes: 90, chance: 0.5, steps: [[4, 1750]] },
  { appliance: 'kettle', hour: 20.6, spreadMinutes: 60, chance: 0.6, steps: [[4, 1750]] },
  { appliance: 'induction', hour: 6.9, spreadMinutes: 25, chance: 0.6, steps: [[15, 1100]] },
  { appliance: 'induction', hour: 12.2, spreadMinutes: 40, chance: 0.4, steps: [[18, 1200]] },
  {
    appliance: 'induction',
    hour: 18.6,
    spreadMinutes: 45,
    chance: 0.9,
    steps: [
      [12, 1750],
      [20, 900],
    ],
  },
  { appliance: 'microwave', hour: 7.4, spreadMinutes: 40, chance: 0.4, steps: [[4, 1150]] },
  { appliance: 'microwave', hour: 19.3, spreadMinutes: 60, chance: 0.5, steps: [[5, 1150]] },
  {
    appliance: 'washing_machine',
    hour: 10,
    spreadMinutes: 150,
    chance: 0.55,
    steps: [
      [14, 260],
      [9, 1650],
      [36, 190],
      [9, 430],
    ],
  },
  { appliance: 'dryer', hour: 14, spreadMinutes: 120, chance: 0.4, steps: [[70, 850]] },
  {
    appliance: 'dishwasher',
    hour: 20.4,
    spreadMinutes: 40,
    chance: 0.35,
    steps: [
      [22, 1700],
      [50, 90],
    ],
  },
  { appliance: 'television', hour: 7.2, spreadMinutes: 30, chance: 0.4, steps: [[45, 115]] },
  { appliance: 'television', hour: 19.6, spreadMinutes: 60, chance: 0.95, steps: [[200, 125]] },
  { appliance: 'computer', hour: 15, spreadMinutes: 120, chance: 0.4, steps: [[120, 120]] },
  { appliance: 'computer', hour: 20.2, spreadMinutes: 60, chance: 0.75, steps: [[160, 140]] },
  { appliance: 'vacuum', hour: 10.6, spreadMinutes: 120, chance: 0.4, steps: [[18, 1050]] },
  { appliance: 'hair_dryer', hour: 7.3, spreadMinutes: 25, chance: 0.9, steps: [[8, 1350]] },
];

/** Compressors that run for a share of each cycle; the share grows with the warmth of the day. */
export const COMPRESSORS: readonly {
  readonly appliance: Appliance;
  readonly watts: number;
  readonly cycleMinutes: number;
  readonly share: number;
}[] = [
  { appliance: 'refrigerator', watts: 115, cycleMinutes: 47, share: 0.4 },
  { appliance: 'kimchi_refrigerator', watts: 85, cycleMinutes: 63, share: 0.38 },
];
