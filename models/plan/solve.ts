import { solve as solveLinear, type Constraint } from 'yalps';
import type { Equations, Row } from './equations.ts';

/** The value of each column that is not 0; undefined: nothing meets all rows. */
export type Columns = ReadonlyMap<string, number>;

const boundOf = (row: Row): Constraint => {
  if ('equal' in row) return { equal: row.equal };
  return 'atMost' in row ? { max: row.atMost } : { min: row.atLeast };
};

const COST = 'cost';

/** Columns by rows, as the solver takes them. */
const variablesOf = ({ costs, rows }: Equations): Map<string, Map<string, number>> => {
  const variables = new Map<string, Map<string, number>>();
  const add = (name: string, row: string, factor: number): void => {
    const own = variables.get(name) ?? new Map<string, number>();
    own.set(row, (own.get(row) ?? 0) + factor);
    variables.set(name, own);
  };
  for (const { name, terms } of rows) for (const [column, factor] of terms) add(column, name, factor);
  for (const [column, factor] of costs) add(column, COST, factor);
  return variables;
};

/** The cheapest values of the columns, all of them continuous. Equations with choices are not for this. */
export const solveContinuous = (equations: Equations): Columns | undefined => {
  const { status, variables } = solveLinear({
    direction: 'minimize',
    objective: COST,
    constraints: equations.rows.map((row) => [row.name, boundOf(row)] as const),
    variables: variablesOf(equations),
  });
  return status === 'optimal' ? new Map(variables) : undefined;
};
