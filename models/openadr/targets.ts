/**
 * Object privacy of programs and events (Definition 3.1.0, "BL created object privacy"): which a VEN sees, and which of their targets.
 */
type Targeted = { readonly targets?: readonly string[] | null | undefined };

/** What a VEN is granted: the targets that the business side wrote to its vens and their resources. */
export const grantedTargets = (objects: readonly Targeted[]): ReadonlySet<string> =>
  new Set(objects.flatMap(({ targets }) => targets ?? []));

const overlap = (some: readonly string[], others: { has(one: string): boolean }): string[] =>
  some.filter((one) => others.has(one));

/** How somebody asks: all of it, or as a VEN by targets that it names and was granted. */
export type Sight = { readonly all: true } | { readonly all: false; readonly granted: ReadonlySet<string> };

const matches = (own: readonly string[], requested: readonly string[] | undefined): boolean =>
  requested === undefined || overlap(own, new Set(requested)).length > 0;

/**
 * The object as the asker may see it in a list, or undefined. A VEN must name targets to see what has targets, and sees only those it
 * named and was granted; without naming any it sees what has none. Named targets filter for everybody.
 */
export const seenInList = <T extends Targeted>(
  object: T,
  sight: Sight,
  requested: readonly string[] | undefined,
): T | undefined => {
  const own = object.targets ?? [];
  if (sight.all) return matches(own, requested) ? object : undefined;
  if (own.length === 0) return requested === undefined ? object : undefined;
  const seen = overlap(overlap(own, sight.granted), new Set(requested ?? []));
  return seen.length > 0 ? { ...object, targets: seen } : undefined;
};

/** A read by id names no targets: a VEN is taken to name all that it was granted. */
export const seenById = <T extends Targeted>(object: T, sight: Sight): T | undefined => {
  const own = object.targets ?? [];
  if (sight.all || own.length === 0) return object;
  return seenInList(object, sight, [...sight.granted]);
};

/** Whether an object has one of the targets that a list is asked for; all do when none is named. */
export const hasTarget = ({ targets }: Targeted, requested: readonly string[] | undefined): boolean =>
  matches(targets ?? [], requested);
