/** A figure as one place tells it: `what` it is, `where` it stands, and how it is written there. */
export type Told = { readonly what: string; readonly where: string; readonly value: string };

export type Place = { readonly where: string; readonly tells: Readonly<Record<string, string | number>> };

export const toldBy = ({ where, tells }: Place): Told[] =>
  Object.entries(tells).map(([what, value]) => ({ what, where, value: String(value) }));

/** Figures that two places tell differently, each with who says what. */
export const contradictions = (told: readonly Told[]): string[] =>
  [...Map.groupBy(told, ({ what }) => what)].flatMap(([what, own]) =>
    new Set(own.map(({ value }) => value)).size < 2
      ? []
      : [`${what}: ${own.map(({ where, value }) => `${where} ${value}`).join(', ')}`],
  );

/** Figures that only one place tells: nothing was reconciled there. */
export const alone = (told: readonly Told[]): string[] =>
  [...Map.groupBy(told, ({ what }) => what)].flatMap(([what, own]) => (own.length === 1 ? [what] : []));
