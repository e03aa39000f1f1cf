import type { PublishedProvince } from '@hems/models/partner/suppression';

/** A made-up home: where it lives, the months in which it takes part, and what it uses and saves in each of them, always the same. */
export type Resident = {
  readonly id: string;
  readonly province: string;
  readonly district: string;
  readonly months: ReadonlySet<string>;
  readonly useWh: number;
  readonly savedWon: number;
};
/** month → province → what was published */
export type Publications = ReadonlyMap<string, ReadonlyMap<string, PublishedProvince>>;

/** A published figure as the attacker reads it: the homes that are in it, and the bounds that its rounding leaves. */
export type Row = {
  readonly month: string;
  readonly homes: readonly Resident[];
  readonly low: number;
  readonly high: number;
};

const boundsOf = (value: number, step: number): Pick<Row, 'low' | 'high'> => ({
  low: value - step / 2,
  high: value + step / 2,
});

const cellsIn = (residents: readonly Resident[], publications: Publications) =>
  [...publications].flatMap(([month, provinces]) =>
    [...provinces].flatMap(([province, { total, districts }]) => {
      const own = residents.filter((one) => one.province === province && one.months.has(month));
      const cells = [
        ...Object.entries(districts).map(([name, cell]) => ({
          cell,
          homes: own.filter((one) => one.district === name),
        })),
        { cell: total, homes: own },
      ];
      return cells.flatMap(({ cell, homes }) => (cell.shown ? [{ month, homes, cell }] : []));
    }),
  );

/** Every figure of use that was published, of every region and month. The attacker knows who is in each. */
export const rowsOfUse = (residents: readonly Resident[], publications: Publications): Row[] =>
  cellsIn(residents, publications).map(({ cell, ...row }) => ({ ...row, ...boundsOf(cell.useWh, cell.useStepWh) }));

/** The same of what was saved, in won. */
export const rowsOfSaving = (residents: readonly Resident[], publications: Publications): Row[] =>
  cellsIn(residents, publications).flatMap(({ cell: { saved }, ...row }) =>
    saved === null ? [] : [{ ...row, ...boundsOf(saved.won, saved.stepWon) }],
  );

export type Attack = {
  readonly rows: readonly Row[];
  readonly target: Resident;
  /** three readings that the attacker holds of the target */
  readonly known: ReadonlyMap<string, number>;
  /** what it wants to learn */
  readonly month: string;
  readonly nonNegative: boolean;
};
type Solve = (text: string) => ReadonlyMap<string, number> | undefined;

const programmeOf = ({ rows, target, known, nonNegative }: Attack, goal: string): string => {
  const names = new Set<string>();
  const term = (name: string): string => {
    names.add(name);
    return name;
  };
  const lines = rows.flatMap(({ month, homes, low, high }, i) => {
    const has = homes.includes(target);
    const reading = known.get(month);
    const given = has && reading !== undefined ? reading : 0;
    // the others are taken to use the same in every month, which is more than any attacker knows
    const others = homes.filter((home) => home !== target).map(({ id }) => term(`x${id}`));
    const own = has && reading === undefined ? [term(`t${month.replace('-', '')}`)] : [];
    const sum = [...others, ...own].join(' + ');
    return sum === '' ? [] : [` a${i}: ${sum} >= ${low - given}`, ` b${i}: ${sum} <= ${high - given}`];
  });
  const bounds = nonNegative ? [] : ['Bounds', ...[...names].map((name) => ` -100000000 <= ${name} <= 100000000`)];
  return [goal, 'Subject To', ...lines, ...bounds, 'End'].join('\n');
};

/**
 * What all published figures together say of the target in a month, as the least and the greatest value that fit every one of them (two linear
 * programmes). Undefined: nothing published has the target in it.
 */
export const inferred = (solve: Solve, attack: Attack): { readonly low: number; readonly high: number } | undefined => {
  const { rows, target, month } = attack;
  if (!rows.some((row) => row.month === month && row.homes.includes(target))) return undefined;
  const name = `t${month.replace('-', '')}`;
  const low = solve(programmeOf(attack, `Minimize\n obj: ${name}`))?.get(name);
  const high = solve(programmeOf(attack, `Maximize\n obj: ${name}`))?.get(name);
  return low === undefined || high === undefined ? undefined : { low, high };
};

/** A figure and the half steps that its rounding leaves open. */
type Figure = { readonly wh: number; readonly openWh: number };

const figuresOf = (publications: Publications, month: string): Map<string, Figure> => {
  const figures = new Map<string, Figure>();
  for (const [province, { total, districts }] of publications.get(month) ?? []) {
    const shown = Object.entries(districts).flatMap(([name, cell]) => (cell.shown ? [{ name, cell }] : []));
    for (const { name, cell } of shown)
      figures.set(`${province}/${name}`, { wh: cell.useWh, openWh: cell.useStepWh / 2 });
    const hidden = Object.keys(districts).filter((name) => shown.every((one) => one.name !== name));
    if (!total.shown || hidden.length === 0) continue;
    const sum = (of: (cell: (typeof shown)[number]['cell']) => number): number =>
      shown.reduce((all, { cell }) => all + of(cell), 0);
    figures.set(`${province}/${hidden.join('+')}`, {
      wh: total.useWh - sum(({ useWh }) => useWh),
      openWh: (total.useStepWh + sum(({ useStepWh }) => useStepWh)) / 2,
    });
  }
  return figures;
};

/** Regions whose published figures, or what is left of a province without the shown districts, say what three known readings say. */
export const matches = (publications: Publications, known: ReadonlyMap<string, number>): string[] => {
  const perMonth = [...known].map(([month, wh]) => {
    const near = [...figuresOf(publications, month)].filter(([, one]) => Math.abs(one.wh - wh) <= one.openWh + 1);
    return new Set(near.map(([name]) => name));
  });
  const [first = new Set<string>(), ...others] = perMonth;
  return [...first].filter((name) => others.every((set) => set.has(name)));
};
