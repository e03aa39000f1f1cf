/** Homes that are compared with each other (korea.md 7 and the "15/15" custom of the utilities). */

export const MIN_COHORT = 20;
export const MAX_COHORT = 2000;
/** No home may make up more of its cohort's baseline than this: the total would tell its use. */
export const MAX_SHARE_PERCENT = 15;

/** A member of the community; `segment` says what makes homes comparable, such as district and building. */
export type Member = { readonly member: string; readonly segment: string; readonly expectedWh: number };

export type Cohort = { readonly id: string; readonly members: readonly Member[] };
export type Cohorts = {
  readonly cohorts: readonly Cohort[];
  /** homes without a board, and why */
  readonly hidden: readonly { readonly member: string; readonly reason: 'cohort-too-small' | 'share-too-large' }[];
};

const total = (members: readonly Member[]): number => members.reduce((sum, { expectedWh }) => sum + expectedWh, 0);

/** Largest first out, until none is left above the share: taking one out makes the others' shares larger. */
const withinShare = (members: readonly Member[]): { kept: readonly Member[]; out: readonly Member[] } => {
  const descending = members.toSorted((a, b) => b.expectedWh - a.expectedWh || (a.member < b.member ? -1 : 1));
  let sum = total(descending);
  const fits = (index: number): boolean => (descending[index]?.expectedWh ?? 0) * 100 <= sum * MAX_SHARE_PERCENT;
  let first = 0;
  while (first < descending.length && !fits(first)) sum -= descending[first++]?.expectedWh ?? 0;
  return { kept: descending.slice(first), out: descending.slice(0, first) };
};

/** Parts as equal as can be, none above the greatest cohort. Ids are opaque: their order says nothing of the homes. */
const parts = (members: readonly Member[]): Member[][] => {
  const sorted = members.toSorted((a, b) => (a.member < b.member ? -1 : 1));
  const count = Math.ceil(sorted.length / MAX_COHORT);
  return Array.from({ length: count }, (_, i) =>
    sorted.slice(Math.floor((i * sorted.length) / count), Math.floor(((i + 1) * sorted.length) / count)),
  );
};

/** The cohorts of a period. Each member is in one of them or hidden, never both. */
export const cohortsOf = (members: readonly Member[]): Cohorts => {
  const cohorts: Cohort[] = [];
  const hidden: Cohorts['hidden'][number][] = [];
  for (const [segment, all] of Map.groupBy(members, (member) => member.segment)) {
    for (const [index, part] of parts(all).entries()) {
      // below the least cohort each home is a large share: that it is too large says nothing of it
      const { kept, out } = part.length < MIN_COHORT ? { kept: part, out: [] } : withinShare(part);
      const isShown = kept.length >= MIN_COHORT;
      if (isShown) cohorts.push({ id: `${segment}/${index + 1}`, members: kept });
      hidden.push(
        ...out.map(({ member }) => ({ member, reason: 'share-too-large' as const })),
        ...(isShown ? [] : kept).map(({ member }) => ({ member, reason: 'cohort-too-small' as const })),
      );
    }
  }
  return { cohorts, hidden };
};
