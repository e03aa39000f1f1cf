import { hoursOf, leftWon, type Appliance, type Scenario } from './scenario.ts';

/**
 * The plan as equations (forecasting.md 7), in kWh, kW and won. Columns of step t, none of them negative:
 *
 * - `c` charge, `d` discharge, `g` import, `e` export, `v` car, `k` generation that is thrown away, kW; `s` stored, kWh
 * - `a<i>` whether appliance i starts, where it may
 *
 *     min Σ h·(buy·g − sell·e + wear·d) − left·s_last
 *     g − e + d − c − v − k − Σ appliances = load − pv
 *     s_t = s_{t−1} + h·(η·c − d/η)
 */
export type Row = { readonly name: string; readonly terms: readonly Term[] } & (
  | { readonly equal: number }
  | { readonly atMost: number }
  | { readonly atLeast: number }
);
type Term = readonly [column: string, factor: number];
export type Equations = {
  readonly costs: readonly Term[];
  readonly rows: readonly Row[];
  /** columns that are 0 or 1 */
  readonly choices: readonly string[];
};

/** Whole W and Wh are ordered: so much is kept between a plan and its limits, so that rounding does not cross them. */
const MARGIN = 0.003;

export const column = (kind: 'c' | 'd' | 'g' | 'e' | 'v' | 'k' | 's', step: number): string => `${kind}${step}`;
export const startColumn = (index: number, step: number): string => `a${index}_${step}`;

/** The first and the last step in which it may start. */
export const startsOf = ({ useWh, fromStep, byStep }: Appliance, steps: number): readonly [number, number] => [
  fromStep,
  Math.min(byStep, steps - 1) - useWh.length + 1,
];

const kw = (watts: number): number => watts / 1000;

const isWith = (scenario: Scenario, step: number): boolean =>
  scenario.car !== null && step >= scenario.car.fromStep && step <= scenario.car.byStep;

/** What the appliances that start at any step use in this one. */
const applianceTerms = (scenario: Scenario, step: number): Term[] =>
  scenario.appliances.flatMap((appliance, i) => {
    const [first, last] = startsOf(appliance, scenario.loadWh.length);
    return appliance.useWh.flatMap((wh, offset): Term[] => {
      const start = step - offset;
      return start >= first && start <= last ? [[startColumn(i, start), -kw(wh) / hoursOf(scenario)]] : [];
    });
  });

const balanceRow = (scenario: Scenario, step: number): Row => {
  const net = ((scenario.loadWh[step] ?? 0) - (scenario.pvWh[step] ?? 0)) / 1000 / hoursOf(scenario);
  return {
    name: `balance${step}`,
    equal: net,
    terms: [
      [column('g', step), 1],
      [column('e', step), -1],
      [column('k', step), -1],
      ...(scenario.battery
        ? ([
            [column('d', step), 1],
            [column('c', step), -1],
          ] satisfies Term[])
        : []),
      ...(isWith(scenario, step) ? ([[column('v', step), -1]] satisfies Term[]) : []),
      ...applianceTerms(scenario, step),
    ],
  };
};

const batteryRows = (scenario: Scenario, step: number): Row[] => {
  const { battery } = scenario;
  if (!battery) return [];
  const [hours, s] = [hoursOf(scenario), column('s', step)];
  const change: Term[] = [
    [s, 1],
    [column('c', step), -hours * battery.efficiency],
    [column('d', step), hours / battery.efficiency],
  ];
  return [
    step === 0
      ? { name: `stored${step}`, terms: change, equal: kw(scenario.storedWh) }
      : { name: `stored${step}`, terms: [...change, [column('s', step - 1), -1]], equal: 0 },
    { name: `capacity${step}`, terms: [[s, 1]], atMost: kw(battery.capacityWh) - MARGIN },
    { name: `reserve${step}`, terms: [[s, 1]], atLeast: kw(battery.reserveWh) + MARGIN },
    { name: `charge${step}`, terms: [[column('c', step), 1]], atMost: kw(battery.chargeW) },
    { name: `discharge${step}`, terms: [[column('d', step), 1]], atMost: kw(battery.dischargeW) },
  ];
};

const gridRows = (scenario: Scenario, step: number): Row[] => [
  { name: `import${step}`, terms: [[column('g', step), 1]], atMost: Math.max(0, kw(scenario.importW) - MARGIN) },
  { name: `export${step}`, terms: [[column('e', step), 1]], atMost: Math.max(0, kw(scenario.exportW) - MARGIN) },
  // more than is generated cannot be thrown away
  {
    name: `curtail${step}`,
    terms: [[column('k', step), 1]],
    atMost: (scenario.pvWh[step] ?? 0) / 1000 / hoursOf(scenario),
  },
];

const carRows = (scenario: Scenario): Row[] => {
  const { car } = scenario;
  if (!car) return [];
  const steps = [...scenario.loadWh.keys()].filter((step) => isWith(scenario, step));
  return [
    ...steps.map((step): Row => ({ name: `car${step}`, terms: [[column('v', step), 1]], atMost: kw(car.mostW) })),
    { name: 'carNeed', terms: steps.map((step) => [column('v', step), hoursOf(scenario)]), equal: kw(car.needWh) },
  ];
};

const startRows = (scenario: Scenario): Row[] =>
  scenario.appliances.map((appliance, i) => ({
    name: `start${i}`,
    equal: 1,
    terms: startSteps(appliance, scenario).map((step) => [startColumn(i, step), 1]),
  }));

const startSteps = (appliance: Appliance, { loadWh }: Scenario): number[] => {
  const [first, last] = startsOf(appliance, loadWh.length);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
};

const endRow = ({ battery, endWh, loadWh }: Scenario): Row[] =>
  battery
    ? [
        {
          name: 'end',
          terms: [[column('s', loadWh.length - 1), 1]],
          atLeast: Math.min(kw(endWh), kw(battery.capacityWh) - MARGIN),
        },
      ]
    : [];

/** What is bought, sold and worn, and what is left in the cells, won; `sooner`: more for what is saved in an earlier step. */
export const costsOf = (scenario: Scenario, sooner = 0): Term[] => {
  const hours = hoursOf(scenario);
  const steps = scenario.loadWh.length;
  return [...scenario.loadWh.keys()].flatMap((step): Term[] => [
    [column('g', step), hours * ((scenario.buyWon[step] ?? 0) - sooner * step)],
    [column('e', step), -hours * ((scenario.sellWon[step] ?? 0) + sooner * step)],
    ...(scenario.battery ? ([[column('d', step), hours * scenario.wearWon]] satisfies Term[]) : []),
    ...(scenario.battery && step === steps - 1 ? ([[column('s', step), -leftWon(scenario)]] satisfies Term[]) : []),
  ]);
};

/**
 * Won a kWh and step, too little to outweigh a price: among equal prices the sun is stored and the home covered first, and the grid is
 * charged from last, when more is known. Without it solutions that cost the same reach 90 % of the possible saving, with it 98 %
 * (docs/reports/plan.md).
 */
const SOONER_WON = 0.01;

export const equationsOf = (scenario: Scenario): Equations => {
  const steps = [...scenario.loadWh.keys()];
  return {
    costs: costsOf(scenario, SOONER_WON),
    rows: [
      ...steps.flatMap((step) => [
        balanceRow(scenario, step),
        ...batteryRows(scenario, step),
        ...gridRows(scenario, step),
      ]),
      ...carRows(scenario),
      ...startRows(scenario),
      ...endRow(scenario),
    ],
    choices: scenario.appliances.flatMap((appliance, i) =>
      startSteps(appliance, scenario).map((step) => startColumn(i, step)),
    ),
  };
};
