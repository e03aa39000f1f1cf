import { column, equationsOf, type Equations, type Row } from './equations.ts';
import { hoursOf, type Scenario } from './scenario.ts';

/**
 * The same equations where something is on or off: no charging while discharging and no import while exporting, a car's least
 * power, an appliance's start. As text of the CPLEX LP format, for a solver of mixed-integer programmes.
 */

/** Continuous equations do when selling pays no more than buying, so that turning energy over loses, and nothing is on or off. */
export const needsChoices = ({ car, appliances, buyWon, sellWon }: Scenario): boolean =>
  appliances.length > 0 ||
  (car !== null && car.leastW > 0) ||
  buyWon.some((buy, step) => buy < 0 || (sellWon[step] ?? 0) > buy);

const either = (choice: string, [one, other]: readonly [string, string], most: readonly [number, number]): Row[] => [
  {
    name: `${choice}_on`,
    atMost: 0,
    terms: [
      [one, 1],
      [choice, -most[0]],
    ],
  },
  {
    name: `${choice}_off`,
    atMost: most[1],
    terms: [
      [other, 1],
      [choice, most[1]],
    ],
  },
];

const choiceRows = (scenario: Scenario, step: number): { rows: Row[]; choices: string[] } => {
  const { battery, car } = scenario;
  const grid = either(
    `z${step}`,
    [column('g', step), column('e', step)],
    [scenario.importW / 1000, scenario.exportW / 1000],
  );
  const cells = battery
    ? either(`y${step}`, [column('c', step), column('d', step)], [battery.chargeW / 1000, battery.dischargeW / 1000])
    : [];
  const drives = car !== null && car.leastW > 0 && step >= car.fromStep && step <= car.byStep;
  const plugged: Row[] = drives
    ? [
        {
          name: `w${step}_most`,
          atMost: 0,
          terms: [
            [column('v', step), 1],
            [`w${step}`, -car.mostW / 1000],
          ],
        },
        {
          name: `w${step}_least`,
          atLeast: 0,
          terms: [
            [column('v', step), 1],
            [`w${step}`, -car.leastW / 1000],
          ],
        },
      ]
    : [];
  return {
    rows: [...grid, ...cells, ...plugged],
    choices: [`z${step}`, ...(battery ? [`y${step}`] : []), ...(drives ? [`w${step}`] : [])],
  };
};

/** A car with a least power stops within a step's worth of its need, where the need is no multiple of it. */
const looseNeed = (row: Row, scenario: Scenario): Row[] => {
  if (row.name !== 'carNeed' || !scenario.car?.leastW || !('equal' in row)) return [row];
  const slack = (scenario.car.leastW / 1000) * hoursOf(scenario);
  const { name, terms, equal } = row;
  return [
    { name, terms, atLeast: equal },
    { name: 'carMost', terms, atMost: equal + slack },
  ];
};

export const mixedEquationsOf = (scenario: Scenario): Equations => {
  const { costs, rows, choices } = equationsOf(scenario);
  const more = [...scenario.loadWh.keys()].map((step) => choiceRows(scenario, step));
  return {
    costs,
    rows: [...rows.flatMap((row) => looseNeed(row, scenario)), ...more.flatMap((one) => one.rows)],
    choices: [...choices, ...more.flatMap((one) => one.choices)],
  };
};

const number = (value: number): string => (Math.abs(value) < 1e-12 ? '0' : String(Number(value.toPrecision(12))));
const sumText = (terms: readonly (readonly [string, number])[]): string =>
  terms.map(([name, factor]) => `${factor < 0 ? '-' : '+'} ${number(Math.abs(factor))} ${name}`).join(' ');

const rowText = (row: Row): string => {
  const left = ` ${row.name}: ${sumText(row.terms)}`;
  if ('equal' in row) return `${left} = ${number(row.equal)}`;
  return 'atMost' in row ? `${left} <= ${number(row.atMost)}` : `${left} >= ${number(row.atLeast)}`;
};

/** A row without terms holds or does not; the solver cannot read it. */
const withTerms = ({ rows }: Equations): readonly Row[] => rows.filter(({ terms }) => terms.length > 0);

export const textOf = (equations: Equations): string =>
  [
    'Minimize',
    ` cost: ${sumText(equations.costs)}`,
    'Subject To',
    ...withTerms(equations).map(rowText),
    ...(equations.choices.length > 0 ? ['Binary', ` ${equations.choices.join(' ')}`] : []),
    'End',
    '',
  ].join('\n');
