import type { Equations, Row } from './equations.ts';
import { solveContinuous } from './solve.ts';

/** Limits that a home may have set so that no plan meets all of them. */
const SOFT = {
  import: 'import-limit',
  reserve: 'battery-reserve',
  capacity: 'battery-capacity',
  end: 'battery-end',
  carNeed: 'car-ready-by',
  start: 'appliance-window',
} as const;
export const LIMITS = [...Object.values(SOFT), 'export-limit', 'battery-power', 'car-power'] as const;
export type Limit = (typeof LIMITS)[number];

const groupOf = ({ name }: Row): Limit | undefined => {
  const entry = Object.entries(SOFT).find(([group]) => name.replace(/\d+$/, '') === group);
  return entry?.[1];
};

/** A row that may be missed by the value of a column of its own. */
const softened = (row: Row): Row => ({
  ...row,
  terms: [...row.terms, [`miss_${row.name}`, 'atMost' in row ? -1 : 1]],
});

/** What is missed by next to nothing is rounding. */
const LEAST_MISS = 1e-6;

/** The limits in conflict: those that are missed where all limits together are missed by as little as possible. */
export const conflictsOf = (equations: Equations): Limit[] => {
  const soft = equations.rows.map((row) => (groupOf(row) ? softened(row) : row));
  const limited = equations.rows.filter((row) => groupOf(row) !== undefined);
  const columns = solveContinuous({
    choices: [],
    rows: soft,
    costs: limited.map(({ name }) => [`miss_${name}`, 1]),
  });
  const missed = limited.filter(({ name }) => (columns?.get(`miss_${name}`) ?? 0) > LEAST_MISS);
  return [...new Set(missed.flatMap((row) => groupOf(row) ?? []))];
};
